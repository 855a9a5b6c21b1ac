/** Words of the billing runs. */
export const billing = {
  runs: 'Facturation',
  run: 'Facturation {id}',
  start: 'Préparer une facturation',
  startHint:
    'Calcule ce que chacun sera facturé pour les mois qui commencent au plus tard ce jour-là. Rien n’est émis.',
  startFar: 'Confirmer ce jour et préparer',
  warned: 'À regarder avant d’émettre\u00a0:',
  warnings: {
    severalCycles:
      '{n} client avec plusieurs périodes d’un même service | {n} clients avec plusieurs périodes d’un même service',
    ownAmounts: '{n} client avec un montant inhabituel | {n} clients avec un montant inhabituel',
    zero: '{n} nouvelle facture à zéro | {n} nouvelles factures à zéro',
    missing: '{n} client en service mais non facturé | {n} clients en service mais non facturés',
    largeChanges:
      '{n} client à plus de 30\u00a0% de la fois précédente | {n} clients à plus de 30\u00a0% de la fois précédente',
  },
  through: 'Mois commençant au plus tard le',
  none: 'Aucune facturation',
  noneText: 'Préparez la première : rien n’est émis sans votre accord.',
  started: 'Préparée le',
  total: 'Total',
  before: 'Fois précédente',
  customers: 'Clients',
  same: 'Identiques',
  differs: 'Différents, expliqués par leurs causes',
  unexplained: 'À expliquer',
  explained: 'Expliqués par quelqu’un',
  progress: '{done} de {of} clients traités',
  invoices: '{n} facture émise | {n} factures émises',
  changed:
    '{n} client a changé depuis l’aperçu et attend la prochaine facturation | {n} clients ont changé depuis l’aperçu et attendent la prochaine facturation',
  again: 'Reprendre le travail',
  still: {
    counting:
      'Le calcul n’avance plus. Abandonnez cette facturation et préparez-la de nouveau\u00a0: rien n’est émis.',
    issuing:
      'L’émission n’avance plus\u00a0: {done} clients sur {of}. Si la facturation est en pause, elle reprendra avec la fin de la pause; sinon, reprenez le travail. Personne n’est facturé deux fois.',
    reversing:
      'L’annulation n’avance plus\u00a0: {done} factures sur {of}. Reprenez le travail; aucune facture n’est créditée deux fois.',
  },
  pause: {
    banner:
      'Bascule : un autre système facture encore. Ici, les facturations sont calculées et comparées; rien n’est émis, et rien n’est prélevé ni réclamé automatiquement.',
    since: 'En pause depuis le',
    begin: {
      action: 'Mettre la facturation en pause',
      title: 'Mettre la facturation en pause?',
      text: 'Bascule : un autre système facture encore. Tant que dure la pause, aucune facture n’est émise, même à la main; aucun prélèvement ni aucun rappel ne part automatiquement. Une émission en cours s’arrête après la page commencée.',
      done: 'La facturation est en pause.',
    },
    end: {
      action: 'Mettre fin à la pause',
      title: 'Mettre fin à la pause?',
      text: 'À partir de maintenant, ce système facture, prélève et réclame. Les premières factures des services commencés pendant la pause sont émises aussitôt, et une émission arrêtée reprend. L’autre système ne doit plus rien facturer.',
      done: 'La facturation a repris.',
    },
  },
  approve: 'Approuver et émettre',
  approveTitle: 'Émettre {n} factures ?',
  approveText:
    'Les factures seront numérotées et envoyées, pour un total de {total}. Une facture émise ne se modifie plus.',
  blocked: 'Expliquez d’abord chaque différence marquée « À expliquer ».',
  abandon: 'Abandonner',
  abandoned: 'Abandonnée par choix',
  reverse: 'Annuler la facturation',
  reverseTitle: 'Annuler {n} facture? | Annuler {n} factures?',
  reverseText:
    'Chaque facture impayée et non contestée est créditée en entier, et ce qu’elle facturait attend la prochaine facturation. Les autres restent telles quelles et sont listées. Les clients reçoivent leur note de crédit.',
  reverseReason: 'Motif, imprimé sur les notes de crédit',
  reversedBy: 'Annulée par {by} : {reason}',
  reversal: '{done} de {of} factures traitées',
  kept: '{n} gardée telle quelle | {n} gardées telles quelles',
  keptRows: 'Gardés par l’annulation',
  explain: 'Expliquer',
  explanation: 'Explication',
  forCustomer: 'Le client lit cette explication',
  forCustomerHint:
    'Imprimée sur sa facture et dans son espace, telle quelle. Sinon, il lit seulement que c’est vérifié.',
  said: '« {words} », {by}',
  comparison: 'Comparaison',
  causes: 'Causes',
  outcome: 'Résultat',
  all: 'Tous',
};

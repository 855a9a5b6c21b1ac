import { money, rate } from '../figures.ts';
import { formatDate } from '../format-date.ts';
import { list, say, type Clause, type ClauseBlock } from './clause.ts';
import type { ContractValues } from './contract-values.ts';
import { OPEN_TERM_REBATE_MONTHS } from './summary.ts';

const LPC = 'Loi sur la protection du consommateur';

/** The clauses in French, the version that is given first and prevails for the customer. */
export function clausesFr(values: ContractValues): readonly Clause[] {
  return [
    partiesClause(values),
    servicesClause(values),
    pricesClause(values),
    termClause(values),
    activationClause(values),
    paymentClause(values),
    lateClause(values),
    cancellationClause(values),
    companyEndClause(values),
    changesClause(values),
    equipmentClause(values),
    qualityClause(values),
    USE_CLAUSE,
    ...(values.includesTelephone ? [EMERGENCY_CLAUSE] : []),
    privacyClause(values),
    distanceClause(values),
    WARRANTY_CLAUSE,
    complaintsClause(values),
    LANGUAGE_CLAUSE,
    LAW_CLAUSE,
  ];
}

function partiesClause({ company, customer, madeOn, serviceAddressLines }: ContractValues): Clause {
  const reach = [customer.phone, customer.email].filter((part) => part !== undefined).join(', ');
  return {
    title: 'Les parties',
    blocks: [
      say(
        `« Nous » désigne ${company.legalName}, qui fait affaire sous le nom ${company.tradeName} : ${company.addressLines.join(', ')}; téléphone ${company.phone}; courriel ${company.email}; ${company.website}.`,
      ),
      say(
        `« Vous » désigne ${customer.name}, ${customer.addressLines.join(', ')}${reach === '' ? '' : `; ${reach}`}. Adresse de service : ${serviceAddressLines.join(', ')}.`,
      ),
      say(
        `Ce contrat est conclu à distance le ${formatDate(madeOn, 'fr')}; il est réputé conclu à votre adresse. Le résumé des renseignements essentiels en fait partie.`,
      ),
    ],
  };
}

function servicesClause({ speed }: ContractValues): Clause {
  return {
    title: 'Les services',
    blocks: [
      say(
        speed === undefined
          ? 'Nous fournissons à l’adresse de service les services énumérés à l’article 3.'
          : `Nous fournissons à l’adresse de service un accès à Internet par fibre optique, ${speed.downMbps} Mbit/s en téléchargement et ${speed.upMbps} Mbit/s en téléversement, avec données illimitées, ainsi que les autres services énumérés à l’article 3. Ces vitesses sont celles de la ligne, mesurées par câble à notre équipement; le Wi-Fi, vos appareils et les sites visités peuvent les réduire.`,
      ),
      say(
        'Les services sont offerts à l’adresse de service seulement, pour un usage résidentiel. Ils ont besoin d’électricité : lors d’une panne de courant, ils cessent si votre équipement n’est pas alimenté autrement.',
      ),
    ],
  };
}

function pricesClause({ oneTime, promotions, regularMonthly, fixedTerm, company }: ContractValues): Clause {
  const after: readonly ClauseBlock[] =
    promotions.length === 0
      ? []
      : [
          list(
            ...promotions.map(
              (promotion) =>
                `${promotion.description} : ${money(promotion.monthlyRebateCents, 'fr')} de moins par mois, avant taxes, pendant ${promotion.months} mois, jusqu’au ${formatDate(promotion.endsOn, 'fr')} inclusivement.`,
            ),
            `Prix courant, une fois les promotions terminées : ${money(regularMonthly.subtotalCents, 'fr')} par mois avant taxes, soit ${money(regularMonthly.totalCents, 'fr')} taxes incluses.`,
          ),
        ];
  const total: readonly ClauseBlock[] =
    fixedTerm === undefined
      ? []
      : [
          say(
            `Prix total pour la durée du contrat, taxes et frais uniques inclus : ${money(fixedTerm.totalCents, 'fr')}.`,
          ),
        ];
  return {
    title: 'Les prix',
    blocks: [
      say('Chaque mois, vous payez :'),
      { is: 'charges', which: 'recurring' },
      ...after,
      ...(oneTime.lines.length === 0
        ? []
        : [say('Une seule fois, vous payez :'), { is: 'charges', which: 'oneTime' } as const]),
      ...total,
      say(
        `Aucune autre somme n’est exigée : ni frais d’activation, ni frais de changement de forfait, ni frais selon le mode de paiement. Les montants sont en dollars canadiens. Les prix des services qui ne sont pas compris dans ce contrat se trouvent à ${company.website} ou s’obtiennent au ${company.phone}.`,
      ),
    ],
  };
}

function termClause({ fixedTerm, startsOn, terms }: ContractValues): Clause {
  if (fixedTerm === undefined) {
    return {
      title: 'La durée',
      blocks: [
        say(
          `Le contrat est à durée indéterminée. Les services commencent le jour de la mise en service, prévue le ${formatDate(startsOn, 'fr')}.`,
        ),
      ],
    };
  }
  return {
    title: 'La durée',
    blocks: [
      say(
        `Le contrat est à durée déterminée de ${fixedTerm.months} mois : il commence le jour de la mise en service, prévue le ${formatDate(startsOn, 'fr')}, et expire le ${formatDate(fixedTerm.endsOn, 'fr')}. Pendant cette durée, ni les prix, ni la nature des services, ni la durée ne peuvent être modifiés sans votre accord.`,
      ),
      say(
        `Il ne se renouvelle pas. Entre le ${terms.expiryNotice.fromDays}e et le ${terms.expiryNotice.toDays}e jour avant l’expiration, nous vous en rappelons la date par écrit. Si vous gardez alors les services, ils se poursuivent pour une durée indéterminée, sans nouvel engagement de votre part.`,
      ),
    ],
  };
}

function activationClause({ startsOn, terms }: ContractValues): Clause {
  return {
    title: 'L’installation et la mise en service',
    blocks: [
      say(
        `Nous convenons avec vous du moment de l’installation. Le prix mensuel n’est dû qu’à compter du jour de la mise en service; le premier mois est calculé au prorata des jours. Si les services ne sont pas en fonction dans les ${terms.activationDelayDays} jours qui suivent le ${formatDate(startsOn, 'fr')}, ou une date plus tardive que vous avez acceptée par écrit, vous pouvez annuler le contrat sans frais.`,
      ),
    ],
  };
}

function paymentClause({ terms }: ContractValues): Clause {
  return {
    title: 'La facturation et le paiement',
    blocks: [
      say(
        `Les services sont facturés chaque mois d’avance; la facture est payable dans les ${terms.dueDays} jours de sa date. Avant la mise en service, aucun paiement ne peut vous être demandé autrement que par carte de crédit. Le débit préautorisé fait l’objet d’un accord distinct, que vous pouvez révoquer sans mettre fin aux services. Nous ne demandons aucun dépôt de garantie.`,
      ),
      say(
        'La facture est électronique et sans frais. Elle est envoyée sur papier, sans frais et sur demande, aux personnes handicapées, à celles de 65 ans et plus et à celles qui n’ont pas d’accès à Internet à la maison.',
      ),
    ],
  };
}

function lateClause({ interest, terms }: ContractValues): Clause {
  const { suspension } = terms;
  const text =
    interest === undefined
      ? 'Un solde en souffrance ne porte pas intérêt.'
      : `Un solde en souffrance porte intérêt, dès le lendemain de l’échéance, à ${rate(interest.monthly, 'fr')} par mois, soit ${rate(interest.yearly, 'fr')} par année; l’intérêt est simple et calculé par jour.`;
  return {
    title: 'Le retard de paiement',
    blocks: [
      say(
        `${text} Aucune autre somme n’est exigée en cas de retard ou de paiement refusé (${LPC}, art. 13).`,
      ),
      say(
        `Nous pouvons suspendre les services si vous devez plus de ${money(suspension.overCents, 'fr')} depuis plus de ${suspension.overMonths} mois, après un avis écrit d’au moins ${suspension.noticeDays} jours, puis un dernier avis d’au moins ${suspension.lastNoticeHours} heures. Nous ne suspendons pas les services pour une somme que vous contestez de bonne foi, ni pendant que vous respectez une entente de paiement. Ils sont rétablis sans frais dès que le solde est payé.`,
      ),
    ],
  };
}

function cancellationClause({ cancellation, fixedTerm, company, terms }: ContractValues): Clause {
  return {
    title: 'La résiliation par vous',
    blocks: [
      say(
        `Vous pouvez résilier le contrat, en tout ou en partie, en tout temps, sans donner de motif et sans préavis (${LPC}, art. 214.6). Il suffit de nous en aviser, par téléphone au ${company.phone}, par courriel à ${company.email}, par la poste ou dans votre espace client. La résiliation prend effet dès l’envoi de l’avis ou à la date ultérieure que vous indiquez. Nous vous la confirmons par écrit et vous remboursons les jours payés d’avance.`,
      ),
      say(indemnity(cancellation, fixedTerm?.months)),
      say(
        `Si ce contrat diffère de l’offre que vous avez acceptée, vous pouvez aussi le résilier sans indemnité dans les ${terms.differingContractDays} jours de sa réception.`,
      ),
    ],
  };
}

function indemnity(rule: ContractValues['cancellation'], months: number | undefined): string {
  if (rule.is === 'free') return 'Aucune indemnité ni aucuns frais de résiliation ne sont exigés.';
  if (rule.is === 'capped') {
    return `La seule somme que nous pouvons exiger est une indemnité égale au moindre de 50 $ et de 10 % du prix des services prévus au contrat qui n’ont pas encore été fournis (${LPC}, art. 214.7). Après l’expiration de la durée, aucune indemnité n’est exigée.`;
  }
  const rebate = money(rule.rebateCents, 'fr');
  const article = months === undefined ? '214.8' : '214.7';
  return `En contrepartie de ce contrat, vous avez obtenu un rabais de ${rebate} sur un bien acheté. La seule somme que nous pouvons exiger est une indemnité égale à ce rabais, diminué de 1/${months ?? OPEN_TERM_REBATE_MONTHS} pour chaque mois écoulé, un mois commencé comptant pour un mois entier (${LPC}, art. ${article}).`;
}

function companyEndClause({ fixedTerm, terms }: ContractValues): Clause {
  const ours =
    fixedTerm === undefined
      ? `Nous pouvons mettre fin au contrat par un avis écrit d’au moins ${terms.companyNoticeDays} jours.`
      : 'Nous ne pouvons pas mettre fin au contrat avant son expiration si vous respectez vos obligations.';
  return {
    title: 'La fin du contrat par nous',
    blocks: [
      say(
        `${ours} Nous pouvons le résilier si un défaut de paiement qui a entraîné la suspension n’est pas corrigé, ou si un usage illégal ou dangereux pour le réseau se poursuit après un avis écrit.`,
      ),
    ],
  };
}

function changesClause({ fixedTerm, terms }: ContractValues): Clause {
  const scope =
    fixedTerm === undefined
      ? 'Seuls les éléments suivants peuvent être modifiés par nous : les prix mensuels courants, les caractéristiques des services, les conditions de location de l’équipement et les façons de nous joindre. Une promotion ne peut être ni réduite ni raccourcie.'
      : 'Pendant la durée déterminée, seules les façons de nous joindre et les modalités de facturation peuvent être modifiées par nous.';
  return {
    title: 'Les modifications',
    blocks: [
      say(
        `${scope} Au moins ${terms.changeNoticeDays} jours avant, nous vous envoyons un avis écrit qui présente uniquement la nouvelle clause, l’ancienne, la date d’effet et vos droits. Vous pouvez refuser et résilier le contrat, sans indemnité, jusqu’à ${terms.refusalDays} jours après l’entrée en vigueur (${LPC}, art. 11.2).`,
      ),
    ],
  };
}

const EQUIPMENT_MODES = {
  lent: 'prêté sans frais',
  rented: 'loué, compris dans le prix mensuel',
  sold: 'vendu; il vous appartient',
} as const;

function equipmentClause({ equipment, terms }: ContractValues): Clause {
  const devices = equipment.map((device) => `${device.description} : ${EQUIPMENT_MODES[device.mode]}.`);
  return {
    title: 'L’équipement',
    blocks: [
      ...(devices.length === 0 ? [say('Aucun équipement n’est fourni.')] : [list(...devices)]),
      say(
        `L’équipement prêté ou loué demeure notre propriété. Nous le réparons ou le remplaçons sans frais s’il cesse de fonctionner en usage normal, et les services dont il vous prive ne sont pas facturés pendant ce temps. À la fin du contrat, vous le rendez dans les ${terms.returnDays} jours, sans frais, par envoi préaffranchi ou à l’un de nos comptoirs. S’il n’est pas rendu, nous pouvons en réclamer la valeur réelle à ce moment, rien de plus.`,
      ),
    ],
  };
}

function qualityClause({ terms }: ContractValues): Clause {
  return {
    title: 'La qualité, les pannes et les crédits',
    blocks: [
      say(
        `Nous surveillons le réseau et réparons sans frais ce qui nous appartient. Une interruption de plus de ${terms.outageCreditHours} heures consécutives, qui n’est pas de votre fait, donne droit à un crédit au prorata; nous le portons nous-mêmes à votre compte. Les travaux d’entretien prévus vous sont annoncés.`,
      ),
    ],
  };
}

const USE_CLAUSE: Clause = {
  title: 'L’utilisation',
  blocks: [
    say(
      'Vous utilisez les services de façon légale et raisonnable, ne les revendez pas et protégez votre réseau Wi-Fi par un mot de passe. Nous ne favorisons ni ne ralentissons aucun contenu; nous n’agissons sur le trafic que pour protéger le réseau ou vos appareils, ou lorsque la loi l’exige. La prise et la fibre installées chez vous ne doivent être ni déplacées ni modifiées sans nous.',
    ),
  ],
};

const EMERGENCY_CLAUSE: Clause = {
  title: 'Le téléphone et le 9-1-1',
  blocks: [
    say(
      'Le service téléphonique passe par Internet. Le 9-1-1 ne fonctionne pas lors d’une panne de courant ou d’Internet, et l’adresse transmise aux secours est celle de votre compte : tenez-la à jour et n’utilisez pas le service à une autre adresse. Dites toujours où vous êtes. La taxe municipale pour le 9-1-1 est perçue pour chaque ligne.',
    ),
  ],
};

function privacyClause({ privacyOfficer }: ContractValues): Clause {
  return {
    title: 'Vos renseignements personnels',
    blocks: [
      say(
        `Nous recueillons ce qui est nécessaire pour vous fournir les services, les facturer et les réparer, et le conservons le temps que la loi demande. Nous ne vendons pas vos renseignements. Ils ne sont communiqués qu’à des fournisseurs liés par contrat et aux autorités lorsque la loi l’exige. Vous pouvez les consulter, les faire rectifier ou retirer un consentement en écrivant à ${privacyOfficer}.`,
      ),
    ],
  };
}

function distanceClause({ company }: ContractValues): Clause {
  return {
    title: 'Vos droits lors d’un achat à distance',
    blocks: [
      list(
        `Avant de signer, vous avez pu lire ce contrat, le corriger, l’accepter ou le refuser. Un exemplaire que vous pouvez conserver et imprimer vous est envoyé sans délai, au plus tard dans les 15 jours (${LPC}, art. 54.7).`,
        'Si un renseignement exigé par la loi manque au contrat, si vous n’avez pas pu l’accepter ou le refuser expressément, ou si vous ne pouvez pas le conserver, vous pouvez l’annuler dans les 7 jours de sa réception; si vous ne le recevez pas dans les 15 jours, vous avez 30 jours à compter de sa conclusion (art. 54.8).',
        'Si nous ne commençons pas à fournir les services dans les 30 jours de la date prévue, vous pouvez l’annuler tant qu’ils n’ont pas commencé (art. 54.9).',
        'Après une annulation, nous vous remboursons dans les 15 jours. Si nous ne le faisons pas et que vous avez payé par carte de crédit, vous pouvez demander la rétrofacturation à l’émetteur de la carte (art. 54.13 et 54.14).',
      ),
      say(`Pour annuler, écrivez à ${company.email} ou à notre adresse, ou appelez au ${company.phone}.`),
    ],
  };
}

const WARRANTY_CLAUSE: Clause = {
  title: 'Les garanties et la responsabilité',
  blocks: [
    say(
      `Les services et les biens sont couverts par les garanties de la ${LPC} : ils doivent servir à l’usage auquel ils sont destinés et être conformes à ce contrat et à nos annonces. Rien dans ce contrat ne limite notre responsabilité pour notre fait ou celui de nos représentants, ni aucun droit que la loi vous donne.`,
    ),
  ],
};

function complaintsClause({ company }: ContractValues): Clause {
  return {
    title: 'Les plaintes',
    blocks: [
      say(
        `Adressez-vous d’abord à nous : ${company.phone}, ${company.email}. Si notre réponse ne vous satisfait pas, la Commission des plaintes relatives aux services de télécom-télévision (CPRST) est indépendante et gratuite : www.ccts-cprst.ca, 1 888 221-1687. L’Office de la protection du consommateur peut aussi vous renseigner : www.opc.gouv.qc.ca, 1 888 672-2556.`,
      ),
    ],
  };
}

const LANGUAGE_CLAUSE: Clause = {
  title: 'La langue',
  blocks: [
    say(
      'La version française de ce contrat vous est remise en premier. Vous pouvez ensuite choisir, expressément, d’être lié par la version anglaise. Si les deux versions diffèrent, vous pouvez invoquer celle qui vous est la plus favorable.',
    ),
  ],
};

const LAW_CLAUSE: Clause = {
  title: 'Le droit applicable',
  blocks: [
    say(
      'Ce contrat est régi par les lois du Québec et celles du Canada qui s’y appliquent. Les tribunaux de votre district judiciaire sont compétents. Si une clause est sans effet, les autres demeurent.',
    ),
  ],
};

/** Words of the shared components. */
export const common = {
  actions: { close: 'Fermer', retry: 'Réessayer', skip: 'Aller au contenu' },
  brand: { name: 'Gigafibre' },
  fields: { optional: '(facultatif)' },
  steps: { position: 'Étape {current} de {total}', done: 'Terminée' },
  connection: { live: 'En direct', connecting: 'Connexion…', away: 'Hors ligne' },
  lists: { loading: 'Chargement en cours', more: 'Voir la suite' },
  views: {
    offline: 'Vous êtes hors ligne. Cette page s’affichera dès le retour du réseau.',
    stale: 'Hors ligne : ce que vous voyez date de {when}.',
  },
  values: { hours: 'de {from} à {to}' },
  palette: {
    open: 'Chercher ou agir',
    title: 'Chercher ou agir',
    placeholder: 'Nom, téléphone, adresse, numéro… ou une action',
    results: 'Résultats',
    searching: 'Recherche…',
    nothing: 'Rien pour « {typed} ».',
  },
  shortcuts: {
    title: 'Raccourcis du clavier',
    help: 'Voir les raccourcis',
    close: 'Fermer ce qui est ouvert',
    escape: 'Échap',
    nextRow: 'Ligne suivante',
    previousRow: 'Ligne précédente',
  },
  theme: { label: 'Apparence', system: 'Auto', light: 'Clair', dark: 'Sombre' },
  signature: {
    pad: 'Espace de signature',
    here: 'Signez ici',
    name: 'Tapez votre nom complet',
    clear: 'Effacer',
    draw: 'Dessiner plutôt',
    type: 'Taper mon nom plutôt',
  },
};

/** Words of the page of outgoing messages. */
export const outgoing = {
  title: 'Messages sortants',
  when: 'Quand',
  to: 'À',
  subject: 'Message',
  none: 'Aucun message',
  follow: 'Ouvrir le lien du message',
  resend: 'Envoyer de nouveau',
  mode: {
    sandbox: 'Bac à sable : rien ne part. Tous les messages se lisent ici.',
    allowlist: 'Seules les adresses permises reçoivent des messages.',
    live: 'Les messages partent.',
  },
};

import type { SameKeys } from '@gigafibre/ui';
import type { shell as french } from '../fr/shell.ts';

/** Words around the screens: navigation, session, sign-in. */
export const shell: SameKeys<typeof french> = {
  nav: {
    label: 'Navigation',
    home: 'Home',
    invoices: 'Invoices',
    payments: 'Payments',
    appointments: 'Appointments',
    tickets: 'Support',
    messages: 'Messages',
    catalog: 'Options',
    me: 'My account',
  },
  shell: {
    signOut: 'Sign out',
    signedInAs: 'You are {name}',
    notFound: 'Page not found',
    notFoundText: 'This address does not exist, or no longer does.',
    goHome: 'Back to home',
    notLoaded: 'This screen could not be loaded. Check the network, then try again.',
    newVersion: 'A new version is ready.',
    reload: 'Reload',
  },
  login: {
    title: 'My account',
    lead: 'No password: we send you a link that opens your account.',
    identifier: 'E-mail, phone or customer number',
    identifierHint: 'For example: C-10482 or (450) 555-0123',
    send: 'Send me a link',
    sent: 'Check your messages',
    sentText: 'If an account matches {hint}, a link has just left for its e-mail and phone.',
    resend: 'Send the link again',
    other: 'Use something else',
    notReceived: 'Nothing after two minutes? Check your junk mail, or try another identifier.',
    opening: 'Opening your account…',
    choose: 'Which account do you want to open?',
  },
};

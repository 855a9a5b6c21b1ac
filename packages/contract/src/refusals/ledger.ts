import type { RefusalDeclaration } from '../refusals.ts';

export const ledgerRefusals = {
  books_closed: {
    status: 409,
    fr: (d) =>
      `Les livres sont fermés jusqu’au ${d['to'] ?? ''} inclusivement : choisissez une date ultérieure, ou demandez à un administrateur de les rouvrir.`,
    en: (d) =>
      `The books are closed up to and including ${d['to'] ?? ''}: choose a later date, or ask an administrator to reopen them.`,
  },
  books_close_day: {
    status: 422,
    fr: () => 'Les livres se ferment jusqu’à un jour passé, au plus loin hier.',
    en: () => 'Books are closed up to a day in the past, yesterday at the latest.',
  },
} as const satisfies Record<string, RefusalDeclaration>;

import { money } from './money.ts';
import { payments } from './payments.ts';
import { shell } from './shell.ts';

/** Every word of the portal in this language; a domain adds its file and a line. */
export const messages = { ...money, ...payments, ...shell };

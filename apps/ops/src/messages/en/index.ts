import { messages as everywhere } from './everywhere.ts';
import { messages as ofOffice } from './of-office.ts';

/** Every word of Ops in this language. */
export const messages = { ...everywhere, ...ofOffice };

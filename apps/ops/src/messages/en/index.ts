import { field } from './field.ts';
import { shell } from './shell.ts';
import { staff } from './staff.ts';

/** Every word of Ops in this language; a domain adds its file and a line. */
export const messages = { ...shell, field, staff };

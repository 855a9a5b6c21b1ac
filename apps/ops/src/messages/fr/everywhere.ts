import { field } from './field.ts';
import { device, line } from './field-line.ts';
import { visit } from './field-visit.ts';
import { shell } from './shell.ts';

/** Words that come first, to the office and to the phone in the field: signing in, the frame, the visits. */
export const messages = { ...shell, device, field, line, visit };

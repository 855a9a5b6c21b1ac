import { common } from './common.ts';
import { invoiceLines } from './invoice-lines.ts';
import { states } from './states.ts';

export const messages = { ...common, invoiceLines, states };

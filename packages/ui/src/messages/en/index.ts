import { common } from './common.ts';
import { billDifference, invoiceLines } from './invoice-lines.ts';
import { states } from './states.ts';

export const messages = { ...common, billDifference, invoiceLines, states };

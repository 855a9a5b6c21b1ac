import { common } from './common.ts';
import { states } from './states.ts';

export const messages = { ...common, states };

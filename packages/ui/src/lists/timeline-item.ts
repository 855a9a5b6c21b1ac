import type { IconName } from '../icons/icons.ts';
import type { Tone } from '../values/states.ts';

/** One thing that happened, ready to show: the title and text are already in the reader's language. */
export type TimelineItem = {
  id: string;
  at: string | Date;
  icon: IconName;
  tone?: Tone;
  title: string;
  by?: string;
  text?: string;
};

import type { ChecklistItem, Language } from '@gigafibre/contract';

const NO_BREAK_HYPHEN = '\u2011';

/** What a point asks, in the reader's language; numbers like 9-1-1 stay whole. */
export const pointLabel = ({ label }: Pick<ChecklistItem, 'label'>, language: Language): string =>
  label[language].replaceAll(/(?<=\d)-(?=\d)/g, NO_BREAK_HYPHEN);

/** The name a point of the checklist has in the page. */
export const pointId = (itemId: string): string => `point-${itemId}`;

/** Brings a point of the checklist under the eyes and the focus to it. */
export function goToPoint(itemId: string): void {
  const point = document.getElementById(pointId(itemId));
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  point?.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  point?.focus({ preventScroll: true });
}

/** The name a point of the checklist has in the page. */
export const pointId = (itemId: string): string => `point-${itemId}`;

/** Brings a point of the checklist under the eyes and the focus to it. */
export function goToPoint(itemId: string): void {
  const point = document.getElementById(pointId(itemId));
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  point?.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  point?.focus({ preventScroll: true });
}

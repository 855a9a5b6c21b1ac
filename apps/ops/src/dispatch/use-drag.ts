import { onScopeDispose, shallowRef } from 'vue';
import { instantAt, type Day } from './timeline.ts';
import type { BoardJob } from './use-board.ts';

export type Drag = Readonly<{
  job: BoardJob;
  technicianId: string | null;
  startsAt: string;
  x: number;
  y: number;
}>;

/** A press shorter than this is a click, not a drag. */
const SLOP_PX = 4;

/**
 * Dragging a job with the pointer: rows say whose they are with `data-technician`. The drop is told once, with
 * where the job's left edge came to lie.
 */
export function useDrag(
  day: () => Day | undefined,
  drop: (job: BoardJob, to: { technicianId: string; startsAt: string }) => void,
) {
  const drag = shallowRef<Drag | null>(null);
  let pressed: { job: BoardJob; grabbedPx: number; x: number; y: number } | null = null;

  function press(job: BoardJob, event: PointerEvent): void {
    if (event.button !== 0) return;
    const box = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : null;
    pressed = { job, grabbedPx: box ? event.clientX - box.left : 0, x: event.clientX, y: event.clientY };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', release, { once: true });
    window.addEventListener('keydown', escape);
  }
  function move(event: PointerEvent): void {
    const now = day();
    if (!pressed || !now) return;
    if (!drag.value && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLOP_PX) return;
    const row = document
      .elementsFromPoint(event.clientX, event.clientY)
      .find((element) => element instanceof HTMLElement && element.dataset['technician']);
    const box = row?.getBoundingClientRect();
    const share = box ? (event.clientX - pressed.grabbedPx - box.left) / box.width : 0;
    drag.value = {
      job: pressed.job,
      technicianId: row instanceof HTMLElement ? (row.dataset['technician'] ?? null) : null,
      startsAt: instantAt(now, share, pressed.job.durationMinutes),
      x: event.clientX,
      y: event.clientY,
    };
  }
  function release(): void {
    const ended = drag.value;
    cancel();
    if (ended?.technicianId) drop(ended.job, { technicianId: ended.technicianId, startsAt: ended.startsAt });
  }
  function escape(event: KeyboardEvent): void {
    if (event.key === 'Escape') cancel();
  }
  function cancel(): void {
    pressed = null;
    drag.value = null;
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', release);
    window.removeEventListener('keydown', escape);
  }
  onScopeDispose(cancel);
  return { drag, press };
}

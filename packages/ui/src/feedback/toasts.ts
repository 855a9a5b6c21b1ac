import { readonly, shallowRef, type Ref } from 'vue';
import type { Tone } from '../values/states.ts';

/** A short message about what just happened; `undo` is how it is taken back. */
export type Toast = Readonly<{
  text: string;
  tone?: Tone;
  action?: Readonly<{ label: string; run: () => void }>;
}>;
export type ShownToast = Toast & Readonly<{ id: number }>;

/** Longer than this and the oldest leaves: nobody reads a tower. */
const TOASTS_MAX = 3;
/** Time to read; what can be undone stays longer. WCAG wants enough time for the action. */
const READ_MS = 6_000;
const UNDO_MS = 12_000;

const shown = shallowRef<readonly ShownToast[]>([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let lastId = 0;

/** Messages at the foot of the screen, one list for the whole app. */
export function useToasts(): {
  toasts: Readonly<Ref<readonly ShownToast[]>>;
  show: (toast: Toast) => void;
  dismiss: (id: number) => void;
  hold: (id: number) => void;
} {
  return { toasts: readonly(shown), show, dismiss, hold };
}

function show(toast: Toast): void {
  lastId += 1;
  const id = lastId;
  const all = [...shown.value, { ...toast, id }];
  for (const gone of all.slice(0, -TOASTS_MAX)) hold(gone.id);
  shown.value = all.slice(-TOASTS_MAX);
  timers.set(
    id,
    setTimeout(() => dismiss(id), toast.action ? UNDO_MS : READ_MS),
  );
}

function dismiss(id: number): void {
  hold(id);
  shown.value = shown.value.filter((toast) => toast.id !== id);
}

/** Stops the clock of a toast that is being read or pointed at. */
function hold(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

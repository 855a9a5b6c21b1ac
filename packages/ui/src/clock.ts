import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue';

/** How often what depends on the present is told anew; texts change by the minute. */
const TICK_MS = 15_000;

const present = shallowRef(new Date(Date.now()));
let readers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The present, renewed while somebody looks at it. The one place of the screens that reads a clock. */
export function useNow(): Readonly<Ref<Date>> {
  readers += 1;
  present.value = new Date(Date.now());
  timer ??= setInterval(() => {
    present.value = new Date(Date.now());
  }, TICK_MS);
  onScopeDispose(() => {
    readers -= 1;
    if (readers > 0) return;
    clearInterval(timer);
    timer = undefined;
  });
  return readonly(present);
}

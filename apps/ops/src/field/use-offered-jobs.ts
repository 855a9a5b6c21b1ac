import { computed } from 'vue';
import { useRoute } from 'vue-router';
import type { MyJobRow } from './day-order.ts';
import { useMyDay } from './use-my-day.ts';
import { useMyJob } from './use-my-job.ts';

type Offered = Pick<MyJobRow, 'id' | 'customerName' | 'locationId' | 'status' | 'startsAt' | 'position'>;

/** Jobs a page may be about: those of today, and before them the one its address names, whatever its day. */
export function useOfferedJobs() {
  const route = useRoute();
  const named = computed(() => {
    const { job } = route.query;
    return typeof job === 'string' ? job : null;
  });
  const { day } = useMyDay();
  const own = useMyJob(
    () => named.value ?? '',
    () => named.value !== null,
  );
  const jobs = computed((): Offered[] => {
    const today = day.value?.jobs ?? [];
    const job = own.job.value;
    return !job || today.some(({ id }) => id === job.id) ? today : [job, ...today];
  });
  return { named, jobs };
}

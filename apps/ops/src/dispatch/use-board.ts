import { conflictsOf, dispatchOperations, type Conflict, type OutputOf } from '@gigafibre/contract';
import { civilDateOf, sayRefusal, useLanguage, useToasts } from '@gigafibre/ui';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { shownPart } from './timeline.ts';

export type Board = OutputOf<typeof dispatchOperations.readDay>;
export type BoardJob = Board['jobs'][number];
export type BoardTechnician = Board['technicians'][number];

const today = (): string => civilDateOf(new Date());

/** The board of the day in the address, what can be done on it, and what each move would break. */
export function useBoard() {
  const route = useRoute();
  const router = useRouter();
  const { t } = useI18n();
  const { language } = useLanguage();
  const { show } = useToasts();
  const date = computed({
    get: () => (typeof route.query['date'] === 'string' ? route.query['date'] : today()),
    set: (value) => void router.push({ query: { date: value } }),
  });
  const seen = useHubQuery(dispatchOperations.readDay, () => ({ date: date.value }), { keepPrevious: true });
  /** What of the day is drawn. */
  const drawn = computed(() => {
    const board = seen.data.value;
    if (!board) return undefined;
    const jobs = board.jobs.flatMap(({ startsAt, durationMinutes }) =>
      startsAt
        ? [{ startsAt, endsAt: new Date(Date.parse(startsAt) + durationMinutes * 60_000).toISOString() }]
        : [],
    );
    return shownPart(board, [...jobs, ...board.technicians.flatMap(({ shift }) => (shift ? [shift] : []))]);
  });
  const stale = [dispatchOperations.readDay];

  const scheduling = useHubCommand(dispatchOperations.scheduleJob, {
    stale,
    // The job is where it was dropped at once; a refusal puts it back.
    optimistic: ({ id, technicianId, startsAt }, queries) => {
      const key = { queryKey: [dispatchOperations.readDay.name] };
      const before = queries.getQueriesData<Board>(key);
      queries.setQueriesData<Board>(key, (board) => board && moved(board, { id, technicianId, startsAt }));
      return () => before.forEach(([queryKey, data]) => queries.setQueryData(queryKey, data));
    },
  });
  const returning = useHubCommand(dispatchOperations.unscheduleJob, { stale });
  const publishing = useHubCommand(dispatchOperations.publishDay, { stale });

  function tell(command: typeof scheduling | typeof returning | typeof publishing): void {
    if (command.refused.value) show({ text: sayRefusal(command.refused.value, language.value), tone: 'bad' });
  }
  /** Assigns or moves; what cannot be is put back and said. */
  async function schedule(job: BoardJob, to: { technicianId: string; startsAt: string }): Promise<void> {
    await scheduling.run({ id: job.id, version: job.version, ...to });
    tell(scheduling);
  }
  async function unschedule(job: BoardJob, reason: string | null): Promise<boolean> {
    const back = await returning.run({ id: job.id, version: job.version, reason });
    tell(returning);
    return back !== undefined;
  }
  async function publish(): Promise<boolean> {
    const published = await publishing.run({ date: date.value });
    tell(publishing);
    if (published) show({ text: t('dispatch.published', published.published.length), tone: 'ok' });
    return published !== undefined;
  }
  /** What the day of a technician would break with this job there: judged by the same rules as the hub's. */
  function wouldBreak(job: BoardJob, to: { technicianId: string; startsAt: string }): Conflict[] {
    const board = seen.data.value;
    const technician = board?.technicians.find(({ id }) => id === to.technicianId);
    if (!board || !technician) return [];
    const others = board.jobs.filter(
      ({ id, technicianId }) => technicianId === to.technicianId && id !== job.id,
    );
    return conflictsOf(technician, [...others, { ...job, startsAt: to.startsAt }]).filter(
      ({ jobId }) => jobId === job.id,
    );
  }
  return { date, seen, drawn, schedule, unschedule, publish, publishing: publishing.busy, wouldBreak };
}

/** The board with one job elsewhere; a job of the pool leaves it. */
export function moved(board: Board, to: { id: string; technicianId: string; startsAt: string }): Board {
  const job = [...board.jobs, ...board.pool].find(({ id }) => id === to.id);
  if (!job) return board;
  const there = {
    ...job,
    technicianId: to.technicianId,
    startsAt: to.startsAt,
    status: job.status === 'unscheduled' ? ('draft' as const) : job.status,
  };
  return {
    ...board,
    jobs: [...board.jobs.filter(({ id }) => id !== to.id), there],
    pool: board.pool.filter(({ id }) => id !== to.id),
  };
}

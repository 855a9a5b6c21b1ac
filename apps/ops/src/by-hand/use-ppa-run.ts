import { paymentsOperations as ops } from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed, onScopeDispose, shallowRef } from 'vue';

/** A run is planned 200 customers at a time; what its debits do then comes by live messages. */
const LOOK_AGAIN_MS = 1_000;

/** What would be debited now, and debiting it: one run at a time, the dry one first. */
export function usePpaRun(isOpen: () => boolean) {
  const id = shallowRef<string | null>(null);
  const start = useHubCommand(ops.runPpa, { stale: [ops.listDebits] });
  const seen = useHubQuery(ops.readPpaRun, () => ({ id: id.value ?? '' }), { when: () => id.value !== null });
  const run = computed(() => (id.value === null ? undefined : seen.data.value));
  const timer = setInterval(() => {
    if (isOpen() && run.value?.state === 'planning') seen.refresh();
  }, LOOK_AGAIN_MS);
  onScopeDispose(() => clearInterval(timer));

  async function begin(dryRun: boolean): Promise<void> {
    if (dryRun) id.value = null;
    const started = await start.run({ dryRun });
    if (started) id.value = started.id;
  }
  return {
    run,
    busy: computed(() => start.busy.value || run.value?.state === 'planning'),
    refused: computed(() => start.refused.value ?? (id.value === null ? null : seen.refused.value)),
    look: () => begin(true),
    debit: () => begin(false),
  };
}

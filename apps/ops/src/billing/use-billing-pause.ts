import { billingRunsOperations, interestOperations } from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';

/** Whether another system still bills, since when, and saying so or no longer. */
export function useBillingPause() {
  const rules = useHubQuery(interestOperations.readBillingRules, () => ({}));
  const change = useHubCommand(billingRunsOperations.pauseScheduler, {
    stale: [interestOperations.readBillingRules],
  });
  return {
    known: computed(() => rules.data.value !== undefined),
    since: computed(() => rules.data.value?.pausedSince ?? null),
    pause: (paused: boolean) => change.run({ paused }),
    busy: change.busy,
    refused: change.refused,
    forget: change.forget,
  };
}

import {
  subscriptionChangesOperations as changes,
  type InputOf,
  type Operation,
  type OutputOf,
} from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed, shallowRef } from 'vue';

export type Effect = OutputOf<typeof changes.changePlan>;
export type Change = InputOf<typeof changes.previewChange>['change'];
export type ChangeName = Change['command'];

/** Never asked: `when` waits for a change. */
const NOTHING: Change = { command: 'reconnectSubscription' };

/** The command of each change; its input is the preview's without the name, with the service. */
const COMMANDS: Readonly<Record<ChangeName, Operation>> = {
  changePlan: changes.changePlan,
  addOption: changes.addOption,
  removeOption: changes.removeOption,
  addDiscount: changes.addDiscount,
  repriceItem: changes.repriceItem,
  suspendSubscription: changes.suspendSubscription,
  reconnectSubscription: changes.reconnectSubscription,
  endSubscription: changes.endSubscription,
  renewSubscription: changes.renewSubscription,
  moveSubscription: changes.moveSubscription,
  withdrawMove: changes.withdrawMove,
  addBundle: changes.addBundle,
};

/** One change of a service: what it would do, shown while it is being filled in, and doing just that. */
export function useServiceChange(id: () => string, change: () => Change | null) {
  const seen = useHubQuery(changes.previewChange, () => ({ id: id(), change: change() ?? NOTHING }), {
    when: () => change() !== null,
    keepPrevious: true,
  });
  const preview = computed(() => (change() === null ? undefined : seen.data.value));
  const doing = Object.fromEntries(
    Object.entries(COMMANDS).map(([name, operation]) => [name, useHubCommand(operation)]),
  );
  const last = shallowRef<ChangeName>('changePlan');
  async function carryOut(): Promise<boolean> {
    const asked = change();
    if (asked === null) return false;
    const { command, ...input } = asked;
    last.value = command;
    return (await doing[command]?.run({ id: id(), ...input })) !== undefined;
  }
  return {
    preview,
    refused: computed(() => doing[last.value]?.refused.value ?? seen.refused.value),
    busy: computed(() => doing[last.value]?.busy.value ?? false),
    carryOut,
    forget: () => doing[last.value]?.forget(),
  };
}

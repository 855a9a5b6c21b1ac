import { subscriptionChangesOperations as op, type OutputOf, type ParsedOf } from '@gigafibre/contract';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { answers, carriesOut, rehearses, type Route } from '../../../platform/http/route.ts';
import { readBillingDay } from '../../customers/index.ts';
import { shown, shownMove } from '../read-subscription.ts';
import type { Effect } from './change-items.ts';
import { addDiscount, addOption, removeOption, repriceItem } from './change-options.ts';
import { changePlan } from './change-plan.ts';
import { addBundle } from './add-bundle.ts';
import { changeBillingDay } from './billing-day.ts';
import { endSubscription } from './end-subscription.ts';
import { moveSubscription, withdrawMove } from './move-subscription.ts';
import { reconnectSubscription, suspendSubscription } from './suspend-subscription.ts';
import { renewSubscription } from './terms.ts';

type Shown = OutputOf<typeof op.changePlan>;
type Change = ParsedOf<typeof op.previewChange>['change'];

const asShown = async (reading: Pick<Reading, 'db' | 'now'>, effect: Effect): Promise<Shown> => ({
  ...effect,
  charges: [...effect.charges],
  bundlesEnding: [...effect.bundlesEnding],
  subscription: await shown(reading, effect.subscription),
  move: await shownMove(reading, effect.subscription.id),
});

/** The verb of a change named in a preview. */
function carryOutChange(tx: Tx, id: string, change: Change): Promise<Effect> {
  switch (change.command) {
    case 'changePlan':
      return changePlan(tx, { id, ...change });
    case 'addOption':
      return addOption(tx, { id, ...change });
    case 'removeOption':
      return removeOption(tx, { id, ...change });
    case 'addDiscount':
      return addDiscount(tx, { id, ...change });
    case 'repriceItem':
      return repriceItem(tx, { id, ...change });
    case 'suspendSubscription':
      return suspendSubscription(tx, { id, ...change });
    case 'reconnectSubscription':
      return reconnectSubscription(tx, { id, ...change });
    case 'endSubscription':
      return endSubscription(tx, { id, ...change });
    case 'renewSubscription':
      return renewSubscription(tx, { id, ...change });
    case 'addBundle':
      return addBundle(tx, { id, ...change });
    case 'withdrawMove':
      return withdrawMove(tx, { id, ...change });
    case 'moveSubscription':
      return moveSubscription(tx, { id, ...change });
  }
}

/** The commands that change a running service, and the rehearsal that shows what each would do. */
export const changesRoutes = (): Route[] => [
  carriesOut(op.changePlan, async (tx, input) => asShown(tx, await changePlan(tx, input))),
  carriesOut(op.addOption, async (tx, input) => asShown(tx, await addOption(tx, input))),
  carriesOut(op.removeOption, async (tx, input) => asShown(tx, await removeOption(tx, input))),
  carriesOut(op.addDiscount, async (tx, input) => asShown(tx, await addDiscount(tx, input))),
  carriesOut(op.repriceItem, async (tx, input) => asShown(tx, await repriceItem(tx, input))),
  carriesOut(op.suspendSubscription, async (tx, input) => asShown(tx, await suspendSubscription(tx, input))),
  carriesOut(op.reconnectSubscription, async (tx, input) =>
    asShown(tx, await reconnectSubscription(tx, input)),
  ),
  carriesOut(op.endSubscription, async (tx, input) => asShown(tx, await endSubscription(tx, input))),
  carriesOut(op.renewSubscription, async (tx, input) => asShown(tx, await renewSubscription(tx, input))),
  carriesOut(op.moveSubscription, async (tx, input) => asShown(tx, await moveSubscription(tx, input))),
  carriesOut(op.withdrawMove, async (tx, input) => asShown(tx, await withdrawMove(tx, input))),
  carriesOut(op.addBundle, async (tx, input) => asShown(tx, await addBundle(tx, input))),
  answers(op.readBillingDay, (reading, { id }) => readBillingDay(reading, id)),
  carriesOut(op.changeBillingDay, (tx, input) => changeBillingDay(tx, input)),
  rehearses(op.previewBillingDay, (tx, input) => changeBillingDay(tx, input)),
  rehearses(op.previewChange, async (tx, { id, change }) =>
    asShown(tx, await carryOutChange(tx, id, change)),
  ),
];

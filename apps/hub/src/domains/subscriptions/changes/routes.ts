import { subscriptionChangesOperations as op, type OutputOf, type ParsedOf } from '@gigafibre/contract';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { answers, carriesOut, rehearses, type Route } from '../../../platform/http/route.ts';
import { readBillingDay } from '../../customers/index.ts';
import { readSubscription, shown, shownMove } from '../read-subscription.ts';
import type { Effect } from './change-items.ts';
import { addDiscount, addOption, removeOption, repriceItem } from './change-options.ts';
import { changePlan } from './change-plan.ts';
import { addBundle } from './add-bundle.ts';
import { changeBillingDay } from './billing-day.ts';
import type { JudgeDebt } from './debt-judge.ts';
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

type Hand = ParsedOf<typeof op.suspendSubscription>;

/** A person suspends because of a debt only when the ladder would at that moment. */
async function suspendByHand(tx: Tx, judge: JudgeDebt, input: Hand): Promise<Effect> {
  if (input.reason === 'non_payment')
    await judge(tx, { ...(await readSubscription(tx, input.id)), what: 'suspend' });
  return suspendSubscription(tx, input);
}

async function endByHand(
  tx: Tx,
  judge: JudgeDebt,
  input: ParsedOf<typeof op.endSubscription>,
): Promise<Effect> {
  if (input.endedBy === 'default')
    await judge(tx, { ...(await readSubscription(tx, input.id)), what: 'end' });
  return endSubscription(tx, input);
}

/** The verb of a change named in a preview. */
function carryOutChange(
  tx: Tx,
  { id, change, judge }: { id: string; change: Change; judge: JudgeDebt },
): Promise<Effect> {
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
      return suspendByHand(tx, judge, { id, ...change });
    case 'reconnectSubscription':
      return reconnectSubscription(tx, { id, ...change });
    case 'endSubscription':
      return endByHand(tx, judge, { id, ...change });
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

/** The commands that change a running service, and the rehearsal that shows what each would do; `judge` weighs debts. */
export const changesRoutes = (judge: JudgeDebt): Route[] => [
  carriesOut(op.changePlan, async (tx, input) => asShown(tx, await changePlan(tx, input))),
  carriesOut(op.addOption, async (tx, input) => asShown(tx, await addOption(tx, input))),
  carriesOut(op.removeOption, async (tx, input) => asShown(tx, await removeOption(tx, input))),
  carriesOut(op.addDiscount, async (tx, input) => asShown(tx, await addDiscount(tx, input))),
  carriesOut(op.repriceItem, async (tx, input) => asShown(tx, await repriceItem(tx, input))),
  carriesOut(op.suspendSubscription, async (tx, input) => asShown(tx, await suspendByHand(tx, judge, input))),
  carriesOut(op.reconnectSubscription, async (tx, input) =>
    asShown(tx, await reconnectSubscription(tx, input)),
  ),
  carriesOut(op.endSubscription, async (tx, input) => asShown(tx, await endByHand(tx, judge, input))),
  carriesOut(op.renewSubscription, async (tx, input) => asShown(tx, await renewSubscription(tx, input))),
  carriesOut(op.moveSubscription, async (tx, input) => asShown(tx, await moveSubscription(tx, input))),
  carriesOut(op.withdrawMove, async (tx, input) => asShown(tx, await withdrawMove(tx, input))),
  carriesOut(op.addBundle, async (tx, input) => asShown(tx, await addBundle(tx, input))),
  answers(op.readBillingDay, (reading, { id }) => readBillingDay(reading, id)),
  carriesOut(op.changeBillingDay, (tx, input) => changeBillingDay(tx, input)),
  rehearses(op.previewBillingDay, (tx, input) => changeBillingDay(tx, input)),
  rehearses(op.previewChange, async (tx, { id, change }) =>
    asShown(tx, await carryOutChange(tx, { id, change, judge })),
  ),
];

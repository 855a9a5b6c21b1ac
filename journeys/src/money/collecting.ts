import { collectionsOperations } from '@gigafibre/contract';
import { plus } from '../naive-calendar.ts';
import { comeTo } from './passing-time.ts';
import { refusalOf, send, today, type Taking, type Verbs } from './story.ts';

/** From the first reminder to the end of a service there are not more. */
const ROUNDS_MAX = 12;
/** An invoice is late after so many leaps of days. */
const ROUNDS_BEFORE_MAX = 3;
const DAYS_MAX = 45;
/** Less than this is not cut for. */
const THRESHOLD = 5_000n;

/** A customer is let be late until something is proposed, which is approved: a cut, at last. Notices are vouched for. */
async function walkTheLadder(taking: Taking): Promise<boolean> {
  const { scene, account } = taking;
  const { office } = scene;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const late = await office
      .call(collectionsOperations.readAccount, { customerId: account.id })
      .catch(refusalOf);
    if (typeof late === 'string') return false;
    if (late.next === null) {
      // Not late yet, or not for anything that is asked.
      if (account.balance <= THRESHOLD || round > ROUNDS_BEFORE_MAX) return false;
      await comeTo(scene, plus(today(scene), 18));
      continue;
    }
    if (late.proposal !== null) return decide(taking, late.proposal.id);
    for (const { id, provenAt } of late.steps)
      if (provenAt === null)
        await office
          .call(collectionsOperations.proveNotice, { id, how: 'courrier', on: today(scene) })
          .catch(refusalOf);
    const shown = await office
      .call(collectionsOperations.readAccount, { customerId: account.id })
      .catch(refusalOf);
    const on = typeof shown === 'string' ? null : (shown.next?.on ?? null);
    if (on === null || on > plus(today(scene), DAYS_MAX)) return false;
    await comeTo(scene, on > today(scene) ? on : plus(today(scene), 1));
  }
  return true;
}

async function decide(taking: Taking, id: string): Promise<boolean> {
  const decision = taking.step.days < -8 ? 'decline' : 'approve';
  const asked = { id, decision, reason: 'essai', until: null, agency: 'Agence', reference: null } as const;
  return typeof (await send(taking, collectionsOperations.decideProposal, asked)) !== 'string';
}

export const collecting = { 'walk the ladder': walkTheLadder } satisfies Verbs;

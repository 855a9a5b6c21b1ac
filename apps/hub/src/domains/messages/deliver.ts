import { messagesEvents } from '@gigafibre/contract';
import type { Outcome } from '@gigafibre/outside/outcome';
import type { Env } from '../../env.ts';
import { SYSTEM, type Tx } from '../../platform/acting.ts';
import { forgetEndedLinks } from '../../platform/auth/short-links.ts';
import { lockFor, transact } from '../../platform/transact.ts';
import { forgetEarlyReports, takeEarlyReport } from './early-report-store.ts';
import { enclose } from './enclose.ts';
import * as store from './store.ts';

const ATTEMPTS_MAX = 8;
const BACKOFF_MS = 30_000;
/** A message taken longer ago than this and never reported on may or may not have left: a person decides. */
const ABANDONED_MS = 5 * 60_000;
const DUE_BATCH = 100;
/** What was said of messages that never turned up here: the provider serves others too. */
const EARLY_MS = 24 * 3_600_000;

/** Sends one queued message. Taking it, sending it and noting what became of it are three steps: a crash between leaves it `unknown`, never sent twice. */
export async function deliver(env: Env, { id }: { id: string }): Promise<void> {
  const step = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => transact(env.ground, { by: SYSTEM }, act);
  const taken = await step((tx) => store.takeToSend(tx.db, { id, now: tx.now }));
  if (!taken) return;
  const outcome = await send(env, taken);
  await step((tx) => note(tx, taken, outcome));
}

async function send(env: Env, row: store.MessageRow): Promise<Outcome<{ providerRef: string }>> {
  if (row.channel === 'sms') {
    return env.outside.sms.send({
      to: row.to_address,
      from: env.config.twilio.from ?? '',
      body: row.body_text,
      statusCallbackUrl: `${env.publicUrl()}/webhook/twilio/status`,
    });
  }
  const enclosed = await enclose(env, row);
  if (enclosed.is !== 'done') return enclosed;
  return env.outside.mail.send({
    from: env.config.mail.from,
    to: row.to_address,
    subject: row.subject ?? '',
    text: row.body_text,
    html: row.body_html ?? undefined,
    messageId: `<${row.id}@gigafibre>`,
    attachments: enclosed.value,
  });
}

async function note(tx: Tx, row: store.MessageRow, outcome: Outcome<{ providerRef: string }>): Promise<void> {
  const to = movementFor(tx, row, outcome);
  const ref = to.provider_ref ?? null;
  if (ref !== null) await lockReport(tx, ref);
  const moved = await store.moveMessage(tx.db, { id: row.id, from: ['sending'], to });
  if (moved) await tellMoved(tx, moved);
  if (ref !== null) await takeEarly(tx, { id: row.id, ref });
}

/** What the provider said of it while its sending was being written down. */
async function takeEarly(tx: Tx, { id, ref }: { id: string; ref: string }): Promise<void> {
  const early = await takeEarlyReport(tx.db, ref);
  if (!early) return;
  const { status, failure } = early;
  const moved = await store.moveMessage(tx.db, {
    id,
    from: ['sent'],
    to: { status, failure, moved_at: tx.now },
  });
  if (moved) await tellMoved(tx, moved);
}

/** Writing a sending down and hearing what became of it wait for each other, so that neither misses the other. */
export const lockReport = (tx: Pick<Tx, 'db'>, ref: string): Promise<unknown> =>
  lockFor(tx, `message report:${ref}`);

function movementFor(
  tx: Tx,
  row: store.MessageRow,
  outcome: Outcome<{ providerRef: string }>,
): store.Movement {
  switch (outcome.is) {
    case 'done':
      return {
        status: 'sent',
        provider_ref: outcome.value.providerRef,
        failure: null,
        sent_at: tx.now,
        moved_at: tx.now,
        ...(row.secret ? wiped : {}),
      };
    case 'declined':
      return { status: 'failed', failure: `${outcome.code}: ${outcome.message}`, moved_at: tx.now };
    case 'broken':
      return { status: 'failed', failure: outcome.reason, moved_at: tx.now };
    case 'unknown':
      return { status: 'unknown', failure: outcome.reason, moved_at: tx.now };
    case 'retry': {
      if (row.attempts >= ATTEMPTS_MAX)
        return { status: 'failed', failure: outcome.reason, moved_at: tx.now };
      const waitMs = Math.max(outcome.afterMs, BACKOFF_MS * 2 ** (row.attempts - 1));
      return {
        status: 'queued',
        failure: outcome.reason,
        next_attempt_at: new Date(tx.now.getTime() + waitMs),
        moved_at: tx.now,
      };
    }
  }
}

/** A link or code that has left is no longer ours to read. */
const wiped = { body_text: '•••', body_html: null } as const;

/**
 * Looks for messages whose time has come again, for those a dead worker took, and for short links that have ended.
 * Returns how many it moved or forgot.
 */
export async function lookAfterMessages(env: Env): Promise<number> {
  return transact(env.ground, { by: SYSTEM }, async (tx) => {
    const due = await store.dueMessages(tx.db, { now: tx.now, limit: DUE_BATCH });
    if (due.length > 0)
      await store.clearDue(
        tx.db,
        due.map(({ id }) => id),
      );
    for (const { id } of due) await tx.enqueue('messages.deliver', { id });
    const lost = await store.abandoned(tx.db, {
      before: new Date(tx.now.getTime() - ABANDONED_MS),
      limit: DUE_BATCH,
    });
    for (const { id } of lost) {
      const moved = await store.moveMessage(tx.db, {
        id,
        from: ['sending'],
        to: { status: 'unknown', failure: 'the worker ended while sending', moved_at: tx.now },
      });
      if (moved) await tellMoved(tx, moved);
    }
    const foreign = await forgetEarlyReports(tx.db, new Date(tx.now.getTime() - EARLY_MS));
    return due.length + lost.length + foreign + (await forgetEndedLinks(tx));
  });
}

/** Tells that a message moved on. */
export const tellMoved = (tx: Tx, row: store.MessageRow): Promise<bigint> =>
  tx.tell(messagesEvents.messageMoved, {
    subject: row.id,
    customerId: row.customer_id,
    data: { status: messagesEvents.messageMoved.data.shape.status.parse(row.status) },
  });

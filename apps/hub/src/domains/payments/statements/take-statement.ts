import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import {
  MOVEMENTS_MAX,
  readStatement,
  StatementFault,
  type StatementMovement,
} from '@gigafibre/outside/bank-file';
import type { Tx } from '../../../platform/acting.ts';
import { hashOf } from '../../../platform/chance.ts';
import { lockFor } from '../../../platform/transact.ts';
import * as store from '../statement-store.ts';
import { statementOf } from './statement-line.ts';

type Taken = OutputOf<typeof paymentsOperations.takeBankStatement>;

/**
 * Keeps the lines of a bank's statement that no earlier one brought; whose they are is looked for behind it. The same
 * file gives what it gave; another that overlaps brings only what is new. Refused whole when a line cannot be read for
 * certain, or is of a day to come.
 */
export async function takeBankStatement(
  tx: Tx,
  { name, text }: { name: string; text: string },
): Promise<Taken> {
  const movements = movementsIn(tx, text);
  // Two exports of the same days at once: the second sees what the first brought.
  await lockFor(tx, 'payments.statements');
  const digest = hashOf(text.replaceAll('\r\n', '\n').trimEnd());
  const before = await store.statementByDigest(tx.db, digest);
  if (before) return { ...statementOf(before), repeated: true };
  const marked = markedOf(movements);
  const known = await store.knownFingerprints(
    tx.db,
    marked.map(({ fingerprint }) => fingerprint),
  );
  const fresh = marked.filter(({ fingerprint }) => !known.has(fingerprint));
  const days = movements.map(({ on }) => on).toSorted();
  const kept = await store.insertStatement(tx.db, {
    name,
    digest,
    from_date: days[0] ?? civilDateOf(tx.now),
    to_date: days.at(-1) ?? civilDateOf(tx.now),
    lines: fresh.length,
    known: known.size,
    received_cents: sumCents(
      fresh.flatMap(({ movement: { amountCents } }) => (amountCents > 0n ? [amountCents] : [])),
    ),
    read_at: tx.now,
    read_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!kept) throw new Error('a statement was not kept');
  await store.insertLines(
    tx.db,
    fresh.map(({ movement, fingerprint }, place) => ({
      statement_id: kept.id,
      place,
      on_date: movement.on,
      description: movement.description,
      reference: movement.reference,
      amount_cents: movement.amountCents,
      fingerprint,
      state: 'waiting',
      kind: 'other',
    })),
  );
  await tx.enqueue('payments.match-statement', { statementId: kept.id });
  const row = await store.statementById(tx.db, kept.id);
  if (!row) throw new Error('a statement vanished');
  return { ...statementOf(row), repeated: false };
}

function movementsIn(tx: Tx, text: string): StatementMovement[] {
  const { language } = tx.by;
  try {
    const movements = readStatement(text);
    const today = civilDateOf(tx.now);
    const late = movements.find(({ on }) => on > today);
    if (late) throw new Refusal('date_in_the_future', { date: late.on });
    if (movements.length === 0)
      throw new Refusal('statement_unreadable', { line: 1, reason: EMPTY[language] });
    return movements;
  } catch (error) {
    if (!(error instanceof StatementFault)) throw error;
    if (error.line === MOVEMENTS_MAX) throw new Refusal('statement_too_long', { limit: MOVEMENTS_MAX });
    throw new Refusal('statement_unreadable', { line: error.line, reason: error.reason[language] });
  }
}

const EMPTY = { fr: 'aucun mouvement', en: 'no movement' } as const;

/** Each movement with what tells it again in another export: its day, words, amount, and which of several alike. */
function markedOf(
  movements: readonly StatementMovement[],
): { movement: StatementMovement; fingerprint: string }[] {
  const seen = new Map<string, number>();
  return movements.map((movement) => {
    const { on, description, reference, amountCents } = movement;
    const plain = JSON.stringify([on, description, reference, String(amountCents)]);
    const nth = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, nth);
    return { movement, fingerprint: hashOf(`${plain} ${nth}`) };
  });
}

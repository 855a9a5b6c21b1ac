import {
  fileAnswer,
  pageAnswer,
  redirectAnswer,
  Refusal,
  streamAnswer,
  type Operation,
} from '@gigafibre/contract';
import { z } from 'zod';
import { hashOf } from '../chance.ts';
import { sql } from 'kysely';
import type { Actor, Tx } from '../acting.ts';
import { json, rehearse, transact, type Ground, type Occasion } from '../transact.ts';
import type { Route, Visit } from './route.ts';

export type Call = Readonly<{ input: unknown; by: Actor; visit: Visit; commandId: string | null }>;

/** No input of the contract nests deeper. */
const DEPTH_MAX = 12;

const direct = new Set<z.ZodType>([fileAnswer, streamAnswer, pageAnswer, redirectAnswer]);
/** True when the answer is not JSON. */
export const answersDirectly = (operation: Operation): boolean => direct.has(operation.output);

/** Carries out one call: who may, is the input right, has it been done already, do it, encode the answer. */
export async function carryOut(ground: Ground, route: Route, call: Call): Promise<unknown> {
  requireCapability(route.operation, call.by);
  const input = parseInput(route.operation, call.input);
  const occasion = { by: call.by, requestId: call.visit.requestId };
  const { refused } = route;
  try {
    return await run(ground, route, { call, input, occasion });
  } catch (error) {
    if (refused && error instanceof Refusal)
      await transact(ground, occasion, (tx) => refused(tx, { input, refusal: error }));
    throw error;
  }
}

type Parsed = Readonly<{ call: Call; input: unknown; occasion: Occasion }>;

async function run(ground: Ground, route: Route, { call, input, occasion }: Parsed): Promise<unknown> {
  const { operation } = route;
  const reading = { db: ground.db, by: call.by, now: ground.clock.now() };
  const encode = (output: unknown) =>
    answersDirectly(operation) ? output : z.encode(operation.output, output);
  // `input` was parsed by this operation's own schema, which is what the run function was typed with.
  const typed = input as never;
  switch (route.manner) {
    case 'answers':
      return encode(await route.run(reading, typed, call.visit));
    case 'arranges': {
      const acting = {
        reading,
        occasion,
        transact: <T>(act: (tx: Tx) => Promise<T>) => transact(ground, occasion, act),
      };
      return encode(await route.run(acting, typed, call.visit));
    }
    case 'rehearses':
      return rehearse(ground, occasion, async (tx) => encode(await route.run(tx, typed, call.visit)));
    case 'carries-out':
      return transact(ground, occasion, (tx) =>
        once(tx, { operation, call, input }, async () => encode(await route.run(tx, typed, call.visit))),
      );
  }
}

function requireCapability(operation: Operation, by: Actor): void {
  const lookingOnly = by.onBehalfOf !== null && operation.kind === 'command' && operation.allow !== 'public';
  if (lookingOnly) throw new Refusal('read_only_visit');
  if (operation.allow === 'public' || by.capabilities.has(operation.allow)) return;
  if (by.kind === 'nobody') throw new Refusal('unauthenticated');
  throw new Refusal('forbidden', { capability: operation.allow });
}

/** Parses the caller's input or refuses it, naming the first field that is wrong. */
export function parseInput(operation: Operation, input: unknown): unknown {
  const field = fieldWithNul(input, 0);
  if (field !== undefined) throw new Refusal('invalid_input', { field, reason: 'control characters' });
  const parsed = operation.input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal('invalid_input', {
    field: issue?.path.map(String).join('.') ?? '',
    reason: issue?.message ?? '',
  });
}

/** PostgreSQL keeps no NUL in text: a field that carries one is refused here, for every operation alike. */
function fieldWithNul(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value.includes('\u0000') ? '' : undefined;
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = name.includes('\u0000') ? '' : fieldWithNul(inner, depth + 1);
    if (found !== undefined) return found === '' ? name.replaceAll('\u0000', '') : `${name}.${found}`;
  }
  return undefined;
}

type Repeatable = Readonly<{ operation: Operation; call: Call; input: unknown }>;

/** Runs `act` unless this actor already sent this command id: then the kept answer is given again. */
async function once(
  tx: Tx,
  { operation, call, input }: Repeatable,
  act: () => Promise<unknown>,
): Promise<unknown> {
  if (call.commandId === null || call.by.kind === 'nobody') return act();
  const actor = `${call.by.kind}:${call.by.id ?? ''}`;
  const hash = hashOf(`${operation.name} ${json(input)}`);
  const claimed = await sql`
    insert into app.commands (actor, command_id, operation, input_hash, at)
    values (${actor}, ${call.commandId}, ${operation.name}, ${hash}, ${tx.now}) on conflict do nothing returning 1`.execute(
    tx.db,
  );
  if (claimed.rows.length === 0) return keptAnswer(tx, { actor, commandId: call.commandId, hash });
  const answer = await act();
  await sql`update app.commands set result = ${json(answer)}::jsonb where actor = ${actor} and command_id = ${call.commandId}`.execute(
    tx.db,
  );
  return answer;
}

async function keptAnswer(tx: Tx, key: { actor: string; commandId: string; hash: string }): Promise<unknown> {
  const kept = await tx.db
    .selectFrom('app.commands')
    .select(['input_hash', 'result'])
    .where('actor', '=', key.actor)
    .where('command_id', '=', key.commandId)
    .executeTakeFirst();
  if (!kept || kept.input_hash !== key.hash) throw new Refusal('command_reused');
  return kept.result;
}

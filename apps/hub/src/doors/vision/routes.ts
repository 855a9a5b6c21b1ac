import { Refusal, visionOperations as op, type EquipmentKind } from '@gigafibre/contract';
import { labelFields, type ReadCode } from '@gigafibre/outside/vision';
import type { Outcome } from '@gigafibre/outside/outcome';
import type { Env } from '../../env.ts';
import type { Reading } from '../../platform/acting.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { requireOneOf } from '../../platform/auth/require-one-of.ts';
import { within } from '../../platform/deadline.ts';
import { answers, type Route } from '../../platform/http/route.ts';

/** What a photograph may take; the engine is told and the hub keeps it to it. */
const BUDGET_MS = 8_000;
const GRACE_MS = 500;
const CODES_MAX = 3;
/** Each photograph is a second of processor time: per person. */
const PHOTOS = { hits: 30, windowSeconds: 60 };

/** Photographs in, what stands on them out. Nothing is kept. */
export const visionRoutes = (env: Env): Route[] => [
  answers(op.readBarcodes, async (reading, { image }) => {
    const { codes, tookMs } = await codesOf(reading, env, image);
    return { codes: codes.map(shown), engine: env.outside.vision.vendor, tookMs };
  }),
  answers(op.readLabel, async (reading, { image }) => {
    const { codes, tookMs } = await codesOf(reading, env, image);
    const { maker, model, serial, mac, barcode } = labelFields(codes);
    return {
      fields: {
        kind: kindOf(serial),
        maker: maker ?? null,
        model: model ?? null,
        serial: serial ?? null,
        mac: mac ?? null,
        barcode: barcode ?? null,
      },
      codes: codes.map(shown),
      engine: env.outside.vision.vendor,
      tookMs,
    };
  }),
];

/** Only optical terminals carry a serial of four letters and eight hex digits. */
const kindOf = (serial: string | undefined): EquipmentKind | null => (serial === undefined ? null : 'ont');

type Looking = Pick<Env, 'outside' | 'log'>;
type Read = Readonly<{ codes: readonly ReadCode[]; tookMs: number }>;

async function codesOf({ by, db, now }: Reading, env: Looking, image: string): Promise<Read> {
  requireOneOf(by, ['field.work', 'equipment.write']);
  await countRequest(db, `vision:${by.kind}:${by.id ?? ''}`, PHOTOS, now);
  const started = performance.now();
  const bytes = Buffer.from(image, 'base64');
  const outcome = await within(BUDGET_MS + GRACE_MS, look(env, bytes));
  const codes = codesIn(outcome).slice(0, CODES_MAX);
  if (codes.length === 0) throw new Refusal('no_code_found');
  return { codes, tookMs: Math.round(performance.now() - started) };
}

/** An engine that throws is a bug of ours; the technician still gets an answer to act on. */
const look = async ({ outside, log }: Looking, bytes: Uint8Array): Promise<Outcome<readonly ReadCode[]>> => {
  try {
    return await outside.vision.readCodes(bytes, { deadlineMs: BUDGET_MS });
  } catch (error) {
    log.error({ err: String(error) }, 'bug: the vision engine threw');
    return { is: 'broken', reason: 'unexpected failure' };
  }
};

/** An engine that did not manage is no verdict on the photograph: the phone keeps it and tries again. */
function codesIn(outcome: Outcome<readonly ReadCode[]> | 'late'): readonly ReadCode[] {
  if (outcome === 'late') throw new Refusal('outside_unavailable', { system: 'vision' });
  switch (outcome.is) {
    case 'done':
      return outcome.value;
    case 'declined':
      throw new Refusal(outcome.code === 'too_large' ? 'photo_too_large' : 'not_an_image', {
        reason: outcome.message,
      });
    case 'retry':
    case 'unknown':
    case 'broken':
      throw new Refusal('outside_unavailable', { system: 'vision' });
  }
}

const shown = ({ text, format, corners }: ReadCode) => ({
  text,
  format,
  box: corners.map(({ x, y }) => ({ x, y })),
});

import { networkOperations as op } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { requireOneOf } from '../../platform/auth/require-one-of.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { answers, arranges, type Route } from '../../platform/http/route.ts';
import { lookUpDevice } from './look-up-device.ts';
import { opticalLimitsNow } from './optical-limits.ts';
import { listReadings } from './record-reading.ts';

/** Each look-up costs an OLT a search: polite polling, per person. */
const LOOK_UPS = { hits: 30, windowSeconds: 60 };

export const networkRoutes = (env: Env): Route[] => [
  arranges(op.lookupDevice, async (acting, input) => {
    const { by, db, now } = acting.reading;
    requireOneOf(by, ['network.read', 'field.work']);
    await countRequest(db, `device-look-up:${by.kind}:${by.id ?? ''}`, LOOK_UPS, now);
    return lookUpDevice(acting, env, input);
  }),
  answers(op.listReadings, (reading, input) => listReadings(reading, input)),
  answers(op.readOpticalLimits, async (reading) => ({ limits: await opticalLimitsNow(reading) })),
];

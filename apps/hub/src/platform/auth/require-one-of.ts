import { Refusal, type Capability } from '@gigafibre/contract';
import type { Actor } from '../acting.ts';

/** Refuses who holds none of the capabilities: for an operation two kinds of people may call. */
export function requireOneOf(by: Actor, capabilities: readonly [Capability, ...Capability[]]): void {
  if (capabilities.some((name) => by.capabilities.has(name))) return;
  if (by.kind === 'nobody') throw new Refusal('unauthenticated');
  throw new Refusal('forbidden', { capability: capabilities[0] });
}

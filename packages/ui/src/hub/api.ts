import type { InputOf, Operation, OutputOf, RefusalData } from '@gigafibre/contract';
import type { InjectionKey } from 'vue';
import { NO_ANSWER, type Refused } from '../feedback/refused.ts';

/** The hub, as screens see it: operations of the contract go in, answers come out. `packages/client` is one. */
export type Api = Readonly<{
  call: <Op extends Operation>(
    operation: Op,
    input: InputOf<Op>,
    options?: { signal?: AbortSignal },
  ) => Promise<OutputOf<Op>>;
}>;

export const apiKey: InjectionKey<Api> = Symbol('the hub');

/** What went wrong with a call, as something that can be shown: the hub's no, no answer, or our own fault. */
export function refusedOf(error: unknown): Refused {
  if (!(error instanceof Error)) return ourFault('?');
  if (error.name === 'NoAnswer') return NO_ANSWER;
  if ('code' in error && typeof error.code === 'string' && 'data' in error)
    return { code: error.code, data: (error.data ?? {}) as RefusalData }; // parsed by the client that threw it
  return ourFault(error.message.slice(0, 60));
}

/** Whether it was only the network: then what is on screen is old, not wrong, and asking again may help. */
export const isNoAnswer = (refused: Refused): boolean => refused.code === NO_ANSWER.code;

const ourFault = (reference: string): Refused => ({ code: 'our_fault', data: { reference } });

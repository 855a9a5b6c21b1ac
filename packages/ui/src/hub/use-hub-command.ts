import type { InputOf, Operation, OutputOf } from '@gigafibre/contract';
import { useQueryClient, type QueryClient } from '@tanstack/vue-query';
import { inject, readonly, shallowRef, type Ref } from 'vue';
import type { Refused } from '../feedback/refused.ts';
import { apiKey, refusedOf } from './api.ts';

export type HubCommandOptions<Op extends Operation> = Readonly<{
  /** Shows the effect at once; what it returns puts things back if the hub says no. */
  optimistic?: (input: InputOf<Op>, queries: QueryClient) => () => void;
  /** Queries to ask again at once, besides what live messages bring. */
  stale?: readonly Operation[];
}>;

export type HubCommand<Op extends Operation> = Readonly<{
  /** Does it. Undefined when it was refused: `refused` says why. Ignored while the previous one is under way. */
  run: (input: InputOf<Op>) => Promise<OutputOf<Op> | undefined>;
  busy: Readonly<Ref<boolean>>;
  refused: Readonly<Ref<Refused | null>>;
  forget: () => void;
}>;

/** Does something at the hub: one verb, with what a screen needs while and after. */
export function useHubCommand<Op extends Operation>(
  operation: Op,
  options: HubCommandOptions<Op> = {},
): HubCommand<Op> {
  const api = inject(apiKey);
  if (!api) throw new Error('no hub: install what createHub gives');
  const queries = useQueryClient();
  const busy = shallowRef(false);
  const refused = shallowRef<Refused | null>(null);

  async function run(input: InputOf<Op>): Promise<OutputOf<Op> | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    refused.value = null;
    const putBack = options.optimistic?.(input, queries);
    try {
      const answer = await api?.call(operation, input);
      for (const { name } of options.stale ?? []) void queries.invalidateQueries({ queryKey: [name] });
      return answer;
    } catch (error) {
      putBack?.();
      refused.value = refusedOf(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  return {
    run,
    busy: readonly(busy),
    refused: readonly(refused),
    forget: () => {
      refused.value = null;
    },
  };
}

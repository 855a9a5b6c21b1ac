import { paymentsOperations, type OutputOf } from '@gigafibre/contract';
import { useNow } from '@gigafibre/ui';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed, onScopeDispose } from 'vue';

export type Method = OutputOf<typeof paymentsOperations.listMyMethods>['rows'][number];

/** A live message brings what was saved; this is only in case the live connection is down. */
const LOOK_AGAIN_MS = 4_000;
/** The provider tells within seconds; after this many looks the page stops waiting. */
const LOOKS_MAX = 30;
const FRESH_MINUTES = 15;
const MINUTE_MS = 60_000;

/** The saved cards and accounts, and what is done with them. `back`: one comes from the provider's page. */
export function useMethods(back: () => boolean) {
  const now = useNow();
  const ops = paymentsOperations;
  const seen = useHubQuery(ops.listMyMethods, () => ({}));
  const stale = [ops.listMyMethods, ops.readMyPpa];
  const setup = useHubCommand(ops.setupMethod);
  const portal = useHubCommand(ops.openPaymentPortal);
  const choose = useHubCommand(ops.chooseMyMethod, { stale });
  const remove = useHubCommand(ops.removeMyMethod, { stale });

  /** The address proves nothing: what was saved is what our own records hold. */
  const arrived = computed(() => {
    const oldest = now.value.getTime() - FRESH_MINUTES * MINUTE_MS;
    return seen.data.value?.rows.some(({ savedAt }) => Date.parse(savedAt) > oldest) ?? false;
  });
  let looks = 0;
  const timer = setInterval(() => {
    looks += 1;
    if (!back() || arrived.value || looks > LOOKS_MAX) clearInterval(timer);
    else seen.refresh();
  }, LOOK_AGAIN_MS);
  onScopeDispose(() => clearInterval(timer));

  async function add(kind: Method['kind']): Promise<void> {
    const opened = await setup.run({ kind });
    if (opened) location.assign(opened.url);
  }
  /** The provider's own page, where a card is given its new date or its holder another address. */
  async function open(): Promise<void> {
    const opened = await portal.run({});
    if (opened) location.assign(opened.url);
  }
  const commands = [setup, portal, choose, remove];
  return {
    seen,
    arrived,
    add,
    open,
    choose: (id: string) => choose.run({ id }),
    remove: (id: string) => remove.run({ id }),
    busy: computed(() => commands.some(({ busy }) => busy.value)),
    refused: computed(() => commands.find(({ refused }) => refused.value)?.refused.value ?? null),
  };
}

import { portalOperations, type OutputOf } from '@gigafibre/contract';
import { useHubCommand } from '@gigafibre/ui/hub';
import { computed, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useSession } from './session.ts';

type Choice = OutputOf<typeof portalOperations.openPortalLink>['choices'][number];

/** Signing in without a password: ask for a link, or open the one received; choose when it opens several accounts. */
export function useSignIn() {
  const route = useRoute();
  const router = useRouter();
  const session = useSession();
  const asking = useHubCommand(portalOperations.requestPortalLink);
  const opening = useHubCommand(portalOperations.openPortalLink);
  const identifier = shallowRef('');
  const hint = shallowRef<string | null>(null);
  const choices = shallowRef<readonly Choice[]>([]);
  let token = '';

  /** Sends the link; the answer is the same whether or not the identifier is known. */
  async function requestLink(): Promise<void> {
    const answer = await asking.run({ identifier: identifier.value.trim() });
    if (answer) hint.value = answer.hint;
  }
  /** Opens the link in the address, which then leaves the address so that it cannot be shared by mistake. */
  async function openLink(): Promise<void> {
    const given = route.query['token'];
    if (typeof given !== 'string' || given === '') return;
    token = given;
    const { token: _, ...rest } = route.query;
    await router.replace({ query: rest });
    await openAs();
  }
  async function openAs(customerId?: string): Promise<void> {
    const answer = await opening.run({ token, ...(customerId ? { customerId } : {}) });
    choices.value = answer?.choices ?? [];
    if (!answer?.session) return;
    await session.open(answer.session);
    const to = route.query['to'];
    await router.replace(typeof to === 'string' && to.startsWith('/') ? to : '/');
  }
  // A link pasted into a tab that already shows this page changes only the address.
  watch(
    () => route.query['token'],
    () => void openLink(),
  );
  function startOver(): void {
    hint.value = null;
    asking.forget();
    opening.forget();
  }
  return {
    identifier,
    hint,
    choices,
    busy: computed(() => asking.busy.value || opening.busy.value),
    opening: opening.busy,
    refused: computed(() => asking.refused.value ?? opening.refused.value),
    requestLink,
    openLink,
    openAs,
    startOver,
  };
}

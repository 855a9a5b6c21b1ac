import { staffOperations } from '@gigafibre/contract';
import { useHubCommand, type SessionState } from '@gigafibre/ui/hub';
import { computed, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useSession } from './session.ts';

const CODE_DIGITS = 6;

/** Signing in: an e-mail, then the code it received; or a link that needs neither. */
export function useSignIn() {
  const route = useRoute();
  const router = useRouter();
  const session = useSession();
  const asking = useHubCommand(staffOperations.requestCode);
  const entering = useHubCommand(staffOperations.signInWithCode);
  const following = useHubCommand(staffOperations.signInWithLink);
  const email = shallowRef('');
  const code = shallowRef('');
  const hint = shallowRef<string | null>(null);

  /** Sends a code; the answer is the same whether or not the address is known. */
  async function requestCode(): Promise<void> {
    entering.forget();
    code.value = '';
    const answer = await asking.run({ email: email.value.trim() });
    if (answer) hint.value = answer.hint;
  }
  async function enterCode(): Promise<void> {
    await arrive(await entering.run({ email: email.value.trim(), code: code.value.trim() }));
  }
  /** Opens the link in the address, which then leaves the address so that it cannot be shared by mistake. */
  async function followLink(): Promise<void> {
    const { token, ...rest } = route.query;
    if (typeof token !== 'string' || token === '') return;
    await router.replace({ query: rest });
    await arrive(await following.run({ token }));
  }
  async function arrive(opened: SessionState | undefined): Promise<void> {
    if (!opened) return;
    session.open('office', opened);
    const to = route.query['to'];
    await router.replace(typeof to === 'string' && to.startsWith('/') ? to : '/');
  }
  // A link pasted into a tab that already shows this page changes only the address.
  watch(
    () => route.query['token'],
    () => void followLink(),
  );
  function startOver(): void {
    hint.value = null;
    for (const command of [asking, entering, following]) command.forget();
  }
  return {
    email,
    code,
    hint,
    codeComplete: computed(() => code.value.trim().length === CODE_DIGITS),
    asking: asking.busy,
    entering: computed(() => entering.busy.value || following.busy.value),
    refused: computed(() => entering.refused.value ?? asking.refused.value ?? following.refused.value),
    requestCode,
    enterCode,
    followLink,
    startOver,
  };
}

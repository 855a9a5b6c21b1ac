import { staffOperations } from '@gigafibre/contract';
import type { Client } from '@gigafibre/client';
import type { AppI18n } from '@gigafibre/ui';
import {
  refusedOf,
  rememberedSession,
  rememberSession,
  type Api,
  type SessionState,
} from '@gigafibre/ui/hub';
import type { QueryClient } from '@tanstack/vue-query';
import { computed, inject, shallowRef, type InjectionKey, type Ref } from 'vue';

/** Who is signed in on this device, and how that changes. */
export type Session = Readonly<{
  /** Null until the hub has been asked; `kind` null when nobody is signed in. */
  current: Readonly<Ref<SessionState | null>>;
  signedIn: Readonly<Ref<boolean>>;
  /** Asks the hub once; later calls answer from memory. Without a network, who was last here still is. */
  ensure: () => Promise<boolean>;
  /** A link was opened: this is who they are. */
  open: (opened: SessionState) => Promise<void>;
  /** The session is over: nothing of it stays on screen. */
  close: () => void;
  /** The hub, watched for the answer that says the session is over. */
  api: Api;
}>;

export const sessionKey: InjectionKey<Session> = Symbol('session');

/** The session of this app. */
export function useSession(): Session {
  const session = inject(sessionKey);
  if (!session) throw new Error('no session: main.ts provides it');
  return session;
}

/** The name under which this app remembers who was here. */
const PLACE = 'portal';

type Parts = Readonly<{ client: Client; i18n: AppI18n; queries: QueryClient }>;

export function createSession({ client, i18n, queries }: Parts): Session {
  const current = shallowRef<SessionState | null>(null);

  async function open(opened: SessionState): Promise<void> {
    if (current.value && current.value.id !== opened.id) queries.clear();
    current.value = opened;
    if (opened.kind === null) return;
    rememberSession(PLACE, opened);
    await i18n.suggestLanguage(opened.language);
  }
  async function ensure(): Promise<boolean> {
    if (current.value === null) {
      try {
        await open(await client.call(staffOperations.readSession, {}));
      } catch (error) {
        if (refusedOf(error).code === 'no_answer') current.value = rememberedSession(PLACE);
      }
    }
    return (current.value?.kind ?? null) !== null;
  }
  function over(): void {
    if (current.value !== null) current.value = { ...current.value, kind: null, capabilities: [] };
  }
  const call: Api['call'] = async (operation, input, options) => {
    try {
      return await client.call(operation, input, options);
    } catch (error) {
      if (refusedOf(error).code === 'unauthenticated') over();
      throw error;
    }
  };
  return {
    current: computed(() => current.value),
    signedIn: computed(() => current.value !== null && current.value.kind !== null),
    ensure,
    open,
    close: () => {
      rememberSession(PLACE, null);
      queries.clear();
      over();
    },
    api: { call },
  };
}

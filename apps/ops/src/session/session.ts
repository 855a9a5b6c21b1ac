import { staffOperations, type Capability } from '@gigafibre/contract';
import { refusedOf, rememberedSession, rememberSession, type SessionState } from '@gigafibre/ui/hub';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { placeNow, useClients, type Place } from '../shell/api.ts';

/** Who is signed in, in the office and as a technician, and what they may do. */
export const useSession = defineStore('session', () => {
  const clients = useClients();
  const states = ref<Record<Place, SessionState | null>>({ office: null, field: null });
  /** The place on screen; the router says so at each change. */
  const place = ref<Place>(placeNow());
  const current = computed(() => states.value[place.value]);
  const signedIn = computed(() => (current.value?.kind ?? null) !== null);

  /** Asks the hub once; later calls answer from memory. Without a network, who was last here still is. */
  async function ensure(where: Place): Promise<boolean> {
    if (states.value[where] === null) {
      try {
        open(where, await clients[where].call(staffOperations.readSession, {}));
      } catch (error) {
        if (refusedOf(error).code === 'no_answer') states.value[where] = rememberedSession(where);
      }
    }
    return (states.value[where]?.kind ?? null) !== null;
  }
  /** A code or a link was accepted: this is who they are. */
  function open(where: Place, opened: SessionState): void {
    states.value[where] = opened;
    if (opened.kind !== null) rememberSession(where, opened);
  }
  /** The hub says the session is over. The technician's name stays: their unsent work is theirs. */
  function expire(where: Place): void {
    const state = states.value[where];
    if (state) states.value[where] = { ...state, kind: null, capabilities: [] };
  }
  /** Signed out on purpose: nothing of the person stays. */
  function close(where: Place): void {
    const state = states.value[where];
    if (state)
      states.value[where] = { ...state, kind: null, id: null, name: null, role: null, capabilities: [] };
    rememberSession(where, null);
  }
  /** Whether the person on screen holds a right. */
  const can = (capability: Capability): boolean => current.value?.capabilities.includes(capability) ?? false;

  return { place, current, signedIn, states, ensure, open, expire, close, can };
});

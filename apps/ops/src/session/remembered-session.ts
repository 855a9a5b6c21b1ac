import { session } from '@gigafibre/contract';
import type { Place } from '../shell/api.ts';
import type { SessionState } from './session.ts';

const keyOf = (place: Place): string => `gigafibre.session.${place}`;

/** Who was last signed in here: names and rights, no secret. Lets a phone without signal open the day. */
export function rememberedSession(place: Place): SessionState | null {
  try {
    const kept = session.safeParse(JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

/** Keeps it, or with null forgets it. A browser that forbids storage only loses the convenience. */
export function rememberSession(place: Place, state: SessionState | null): void {
  try {
    if (state === null || state.kind === null) localStorage.removeItem(keyOf(place));
    else localStorage.setItem(keyOf(place), JSON.stringify(state));
  } catch {
    // As if it had not been asked.
  }
}

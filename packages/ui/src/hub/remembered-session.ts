import { session } from '@gigafibre/contract';

/** Who is signed in, and what they may do, as the hub says it. */
export type SessionState = ReturnType<typeof session.parse>;

const keyOf = (place: string): string => `gigafibre.session.${place}`;

/** Who was last signed in here: a name and rights, no secret. Lets an app open without a network. */
export function rememberedSession(place: string): SessionState | null {
  try {
    const kept = session.safeParse(JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

/** Keeps it, or with null forgets it. A browser that forbids storage only loses the convenience. */
export function rememberSession(place: string, state: SessionState | null): void {
  try {
    if (state === null || state.kind === null) localStorage.removeItem(keyOf(place));
    else localStorage.setItem(keyOf(place), JSON.stringify(state));
  } catch {
    // As if it had not been asked.
  }
}

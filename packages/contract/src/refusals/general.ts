import type { RefusalDeclaration } from '../refusals.ts';
import type { Language } from '../values.ts';

/** From here on a wait is told in minutes: nobody counts to 840. */
const MINUTES_FROM_SECONDS = 90;
const SECONDS_PER_MINUTE = 60;

/** `30 secondes`, `15 minutes`; rounded up, so that who waits that long is let in. A moment, when nobody knows. */
export function waitWords(seconds: unknown, language: Language): string {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds))
    return { fr: 'un instant', en: 'a moment' }[language];
  const inMinutes = seconds >= MINUTES_FROM_SECONDS;
  const count = Math.max(1, Math.ceil(inMinutes ? seconds / SECONDS_PER_MINUTE : seconds));
  const unit = inMinutes ? 'minute' : { fr: 'seconde', en: 'second' }[language];
  return `${count}\u00A0${unit}${count > 1 ? 's' : ''}`;
}

/** Refusals any operation can answer. */
export const generalRefusals = {
  invalid_input: {
    status: 422,
    fr: (d) => `Champ « ${d['field'] ?? ''} » invalide : ${d['reason'] ?? ''}`,
    en: (d) => `Field “${d['field'] ?? ''}” is not valid: ${d['reason'] ?? ''}`,
  },
  malformed_body: {
    status: 400,
    fr: () => 'La requête est illisible (JSON attendu).',
    en: () => 'The request cannot be read (JSON expected).',
  },
  unauthenticated: {
    status: 401,
    fr: () => 'Ouvrez une session pour continuer.',
    en: () => 'Sign in to continue.',
  },
  forbidden: {
    status: 403,
    fr: (d) => `Il vous manque le droit « ${d['capability'] ?? ''} ». Demandez-le à un administrateur.`,
    en: (d) => `You lack the right “${d['capability'] ?? ''}”. Ask an administrator for it.`,
  },
  read_only_visit: {
    status: 403,
    fr: () => 'Vous consultez ce compte au nom du client : rien ne peut y être changé.',
    en: () => 'You are viewing this account on the customer’s behalf: nothing can be changed.',
  },
  not_found: {
    status: 404,
    fr: (d) => `Introuvable : ${d['what'] ?? ''}`,
    en: (d) => `Not found: ${d['what'] ?? ''}`,
  },
  changed_meanwhile: {
    status: 409,
    fr: () => 'Quelqu’un d’autre a modifié cette fiche entre-temps. Relisez-la, puis recommencez.',
    en: () => 'Someone else changed this record meanwhile. Read it again, then retry.',
  },
  command_reused: {
    status: 409,
    fr: () => 'Cet identifiant de commande a déjà servi à une autre demande.',
    en: () => 'This command id was already used for a different request.',
  },
  not_in_this_state: {
    status: 409,
    fr: () => 'Impossible dans l’état actuel.',
    en: () => 'Not possible in the current state.',
  },
  too_many_requests: {
    status: 429,
    fr: (d) => `Trop de demandes. Réessayez dans ${waitWords(d['retryAfterSeconds'], 'fr')}.`,
    en: (d) => `Too many requests. Try again in ${waitWords(d['retryAfterSeconds'], 'en')}.`,
  },
  too_large: {
    status: 413,
    fr: (d) => `L’envoi dépasse la limite de ${d['limit'] ?? ''}.`,
    en: (d) => `The upload exceeds the limit of ${d['limit'] ?? ''}.`,
  },
  unsupported_type: {
    status: 415,
    fr: () => 'Ce type de contenu n’est pas accepté.',
    en: () => 'This content type is not accepted.',
  },
  outside_unavailable: {
    status: 503,
    fr: (d) => `Le service « ${d['system'] ?? ''} » ne répond pas. Réessayez dans un instant.`,
    en: (d) => `The service “${d['system'] ?? ''}” does not answer. Try again in a moment.`,
  },
  our_fault: {
    status: 500,
    fr: (d) => `C’est notre faute. Référence : ${d['reference'] ?? ''}`,
    en: (d) => `This is our fault. Reference: ${d['reference'] ?? ''}`,
  },
} as const satisfies Record<string, RefusalDeclaration>;

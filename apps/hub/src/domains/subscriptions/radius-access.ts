import { openSealer, type Sealer } from '../../platform/auth/sealing.ts';
import { secretToken } from '../../platform/chance.ts';
import type { Db } from '../../platform/db/connect.ts';
import type { RadiusAccess } from './radius-store.ts';
import { mainItem, type Subscription } from './subscription.ts';

const SECRET_NAME = 'subscriptions.radius';
/** 144 bits of chance, within what every router accepts as a PPPoE password. */
const PASSWORD_CHARS = 24;
/** How often the access router reports usage. */
const INTERIM_SECONDS = 600;

/** Session name of a subscription: made of its number, hence lower case, unique and never given again. */
export const radiusUserOf = (subscriptionId: string): string =>
  `gf${subscriptionId.replace('SUB-', '').toLowerCase()}`;

/** What seals the passwords of services, each for its own subscription's row. */
export const accessSealer = (db: Db): Promise<Sealer> => openSealer(db, SECRET_NAME);

/** A new password nobody can guess. */
export const freshPassword = (): string => secretToken().slice(0, PASSWORD_CHARS);

/** A new password and its sealed form for the subscription's own row. */
export async function newPassword(
  db: Db,
  subscriptionId: string,
): Promise<{ plain: string; sealed: string }> {
  const plain = freshPassword();
  return { plain, sealed: (await accessSealer(db)).seal(plain, subscriptionId) };
}

export const openPassword = async (db: Db, subscriptionId: string, sealed: string): Promise<string> =>
  (await accessSealer(db)).open(sealed, subscriptionId);

/**
 * What FreeRADIUS must know of a service. `Mikrotik-Rate-Limit` is written as the router sees it, what it
 * receives first: the customer's upload, then the download.
 */
export function accessOf({ id, items }: Pick<Subscription, 'id' | 'items'>, password: string): RadiusAccess {
  const plan = mainItem(items);
  const speeds =
    plan?.uploadMbps && plan.downloadMbps
      ? [{ attribute: 'Mikrotik-Rate-Limit', value: `${plan.uploadMbps}M/${plan.downloadMbps}M` }]
      : [];
  return {
    user: radiusUserOf(id),
    password,
    group: plan?.radiusProfile ?? null,
    replies: [...speeds, { attribute: 'Acct-Interim-Interval', value: String(INTERIM_SECONDS) }],
  };
}

/** The same as facts to compare: what RADIUS should hold, or was seen to hold. */
export const factsOf = ({
  user,
  group,
  replies,
}: Omit<RadiusAccess, 'password'>): Record<string, string> => ({
  user,
  ...(group === null ? {} : { group }),
  ...Object.fromEntries(replies.map(({ attribute, value }) => [attribute, value])),
});

import { addDays } from '@gigafibre/calendar';
import { subscriptionsEvents } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';
import { formatCents } from '@gigafibre/money';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage, type Sending } from '../domains/messages/index.ts';
import {
  monthlyOn,
  readSubscription,
  setToReturn,
  type Subscription,
} from '../domains/subscriptions/index.ts';
import type { Env } from '../env.ts';
import type { Tx } from '../platform/acting.ts';
import { on, type Happened, type Reaction } from './reaction.ts';

type Named = Readonly<{ nameFr: string; nameEn: string }>;
type Said = Readonly<{
  template: Sending['template'];
  on: string;
  /** By name; said by `words` when it is no thing. */
  what?: readonly Named[];
  words?: Readonly<{ fr: string; en: string }>;
  beforeCents?: bigint;
  afterCents: bigint;
  chargesCents?: bigint;
  until?: string | undefined;
}>;
type Changed = Happened<{
  command: string;
  on: string;
  monthlyBeforeCents: bigint;
  monthlyAfterCents: bigint;
  chargesCents: bigint;
  began: readonly (Named & { priceCents: bigint })[];
  ended: readonly (Named & { priceCents: bigint })[];
}>;

/** What the law wants read reaches who has no e-mail too. */
const NOTICES: ReadonlySet<string> = new Set(['price_rises', 'term_ends', 'promotion_ends']);

/** Which message confirms a change; a move has its visit, a discount shows on the invoice. */
function confirmationOf({ command, began, ended, ...data }: Changed['data']): Said | null {
  const base = {
    on: data.on,
    beforeCents: data.monthlyBeforeCents,
    afterCents: data.monthlyAfterCents,
    chargesCents: data.chargesCents,
  };
  const [old] = ended;
  const [now] = began;
  switch (command) {
    case 'endSubscription':
      return { ...base, template: 'service_ends' };
    case 'changePlan':
      return { ...base, template: 'plan_changed', what: began };
    case 'addOption':
    case 'addBundle':
      return { ...base, template: 'option_added', what: began };
    case 'removeOption':
      return { ...base, template: 'option_removed', what: ended };
    case 'repriceItem':
      if (!old || !now || old.priceCents === now.priceCents) return null;
      return {
        ...base,
        template: now.priceCents > old.priceCents ? 'price_rises' : 'price_lowered',
        what: [now],
        beforeCents: old.priceCents,
        afterCents: now.priceCents,
      };
    default:
      return null;
  }
}

async function write(
  tx: Tx,
  env: Env,
  {
    id,
    subject,
    customerId,
    said,
  }: Pick<Happened<unknown>, 'id' | 'subject' | 'customerId'> & { said: Said },
): Promise<void> {
  if (customerId === null) return;
  const { name, language } = await readCustomer(tx, customerId);
  const service = await readSubscription(tx, subject);
  const nameOf = (one: Named) => (language === 'fr' ? one.nameFr : one.nameEn);
  const money = (cents: bigint) => formatCents(cents, language === 'fr' ? 'fr-CA' : 'en-CA');
  const { chargesCents = 0n, what = [], words, until } = said;
  await sendMessage(tx, env, {
    template: said.template,
    to: { customerId },
    variables: {
      name,
      service: nameOf(service),
      what: words?.[language] ?? what.map(nameOf).join(', '),
      on: formatDate(said.on, language),
      before: money(said.beforeCents ?? said.afterCents),
      after: money(said.afterCents),
      more: chargesCents > 0n ? money(chargesCents) : '',
      less: chargesCents < 0n ? money(-chargesCents) : '',
      until: until === undefined ? '' : formatDate(until, language),
      url: `${env.publicUrl()}/portal/`,
    },
    // An event happens once, and so is it told.
    idempotencyKey: `service:${id}`,
    channels: NOTICES.has(said.template) ? ['email', 'sms'] : ['email'],
  });
}

/** A month of a service, before taxes, on the day before another and on that day. */
const monthAround = (service: Subscription, day: string) => ({
  beforeCents: monthlyOn(service, addDays(day, -1)),
  afterCents: monthlyOn(service, day),
});

/** What the customer is told in writing when a service changes, rests, comes back or ends, and of what is coming. */
export const onSubscriptionChanged = (env: Env): readonly Reaction[] => [
  on(subscriptionsEvents.subscriptionChanged, 'confirm the change of a service', async (tx, happened) => {
    const said = confirmationOf(happened.data);
    if (said) await write(tx, env, { ...happened, said });
  }),
  on(subscriptionsEvents.subscriptionSuspended, 'confirm a vacation', async (tx, { data, ...happened }) => {
    if (data.reason !== 'vacation') return;
    const service = await readSubscription(tx, happened.subject);
    const until = await setToReturn(tx, happened.subject);
    const said = {
      template: 'vacation_starts',
      on: data.on,
      until,
      ...monthAround(service, data.on),
    } as const;
    await write(tx, env, { ...happened, said });
  }),
  on(
    subscriptionsEvents.subscriptionReconnected,
    'confirm the end of a vacation',
    async (tx, { data, ...happened }) => {
      if (data.from !== 'vacation') return;
      const service = await readSubscription(tx, happened.subject);
      const said = { template: 'vacation_ends', on: data.on, ...monthAround(service, data.on) } as const;
      await write(tx, env, { ...happened, said });
    },
  ),
  on(
    subscriptionsEvents.termEnding,
    'give notice of the end of a term',
    async (tx, { data, ...happened }) => {
      const { monthlyCents } = await readSubscription(tx, happened.subject);
      const words = { fr: `${data.months} mois`, en: `${data.months} months` };
      const said = { template: 'term_ends', on: data.endsOn, words, afterCents: monthlyCents } as const;
      await write(tx, env, { ...happened, said });
    },
  ),
  on(
    subscriptionsEvents.promotionEnding,
    'give notice of the end of a promotion',
    async (tx, { data, ...happened }) => {
      const service = await readSubscription(tx, happened.subject);
      const month = monthAround(service, addDays(data.endsOn, 1));
      await write(tx, env, {
        ...happened,
        said: { template: 'promotion_ends', on: data.endsOn, what: [data], ...month },
      });
    },
  ),
];

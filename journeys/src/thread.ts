import {
  billingOperations,
  dispatchOperations,
  fieldOperations,
  messagesOperations,
  paymentsOperations,
  plantOperations,
  portalOperations,
  salesOperations,
  visionOperations,
} from '@gigafibre/contract';
import { ontLabelPng, type SimulatedWorld } from '@gigafibre/simulators';
import type { Caller, ServedHub } from '@gigafibre/testing';

/** The hub that is spoken to, and what stands around it. */
export type Scene = ServedHub &
  Readonly<{
    world: SimulatedWorld;
    /** Somebody of the office who may do everything; their key outlives the hub. */
    office: Caller;
    technicianId: string;
    ont: Readonly<{ serial: string; mac: string }>;
    now: () => Date;
  }>;

/**
 * One thing somebody does. `look` only reads; `send` carries it out, and can be done again word for word, with
 * the same command ids, by somebody who does not know whether it was done.
 */
export type Step = Readonly<{
  name: string;
  /** Commits that the hub makes for it at least, with what follows; one unless said otherwise. */
  commits?: number;
  /** Which answer of the payment provider is the one whose loss hurts. */
  answers?: number;
  look?: () => Promise<void>;
  send: (again: boolean) => Promise<void>;
}>;

const PERSON = {
  name: 'Hélène Tremblay',
  emailId: 'helene.tremblay@courriel.example',
  cellPhone: '+14505550141',
  language: 'fr',
} as const;
const LINES = [{ sku: 'FIBRE-500' }, { sku: 'WIFI-MAILLE' }, { sku: 'INSTALLATION' }];
const MARK =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const DAYS_AHEAD = 14;

const is = <T>(value: T | undefined | null, what: string): T => {
  if (value === undefined || value === null) throw new Error(`no ${what}`);
  return value;
};
const match = (text: string, pattern: RegExp): string =>
  is(pattern.exec(text)?.[1], `${String(pattern)} in: ${text}`);
/** Ids that a phone makes once and sends again. */
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** The newest message from a template, as the sandbox shows it. */
async function read({ office }: Scene, template: string): Promise<string> {
  const { rows } = await office.call(messagesOperations.listMessages, { limit: 50 });
  return is(rows.find((row) => row.template === template)?.text, `message ${template}`);
}

/** What a pattern finds in the link of the newest message from a template, however short the message writes it. */
async function linked(scene: Scene, template: string, pattern: RegExp): Promise<string> {
  const text = await read(scene, template);
  const short = /(https?:\S+\/l\/\w+)/.exec(text)?.[1];
  if (short === undefined) return match(text, pattern);
  const { headers } = await scene.visitor('portal').fetch(short);
  return match(headers.get('location') ?? '', pattern);
}

/** The whole thread, from the quote to the payment, in steps that each leave the company whole. */
export function thread(scene: Scene): Step[] {
  const sale: Sale = {};
  return [...sell(scene, sale), ...plan(scene, sale), ...install(scene, sale), ...collect(scene)];
}

/** What the sale came to, step by step. */
type Sale = {
  asked?: Parameters<typeof write>[1];
  quote?: Awaited<ReturnType<typeof write>>;
  job?: { id: string; version: number };
};

function sell(scene: Scene, sale: Sale): Step[] {
  const { office } = scene;
  const prospect = scene.visitor('portal');
  let signing: { token: string; code: string } | undefined;
  return [
    {
      name: 'write the quote',
      look: async () => void (sale.asked = await look(scene)),
      send: async () => void (sale.quote = await write(office, is(sale.asked, 'look'))),
    },
    {
      name: 'send the quote',
      commits: 3,
      send: async () => {
        const { id, version } = is(sale.quote, 'quote');
        const sending = { id, version, channels: ['email', 'sms'] as const };
        await office.call(
          salesOperations.sendQuote,
          { ...sending, channels: [...sending.channels] },
          { commandId: 'send' },
        );
      },
    },
    {
      name: 'ask for the code',
      look: async () => {
        const token = await linked(scene, 'quote_signing', /\/accept\/(\S+)/);
        signing = { token, code: '' };
        const page = await prospect.fetch(`${scene.url}/accept/${token}`);
        if (page.status !== 200) throw new Error(`the page to sign answers ${page.status}`);
      },
      send: async () => {
        const { token } = is(signing, 'link');
        await prospect.call(salesOperations.requestAcceptanceCode, { token, channel: 'sms' });
      },
    },
    {
      name: 'sign',
      commits: 3,
      look: async () => {
        const code = match(await read(scene, 'acceptance_code'), /(\d{6})/);
        signing = { ...is(signing, 'link'), code };
      },
      send: async (again) => {
        const consents = { contract: true as const, electronic: true as const };
        const mark = { kind: 'typed' as const };
        await prospect
          .call(salesOperations.signAcceptance, {
            ...is(signing, 'link'),
            name: PERSON.name,
            language: 'fr',
            signature: mark,
            consents,
          })
          .catch((error: unknown) => {
            // Whoever presses again reads that it is done.
            if (!again || codeOf(error) !== 'quote_already_accepted') throw error;
          });
      },
    },
  ];
}

function plan(scene: Scene, sale: Sale): Step[] {
  const { office } = scene;
  const day = () => is(sale.asked, 'quote asked for').slot.date;
  return [
    {
      name: 'give the visit to a technician',
      look: async () => {
        const { order } = await office.call(salesOperations.readQuote, { id: is(sale.quote, 'quote').id });
        const { pool } = await office.call(dispatchOperations.readDay, { date: day() });
        sale.job = is(
          pool.find(({ id }) => id === order?.jobId),
          'visit to plan',
        );
      },
      send: async () => {
        const { id, version } = is(sale.job, 'visit');
        const startsAt = `${day()}T15:00:00.000Z`;
        const { technicianId } = scene;
        await office.call(
          dispatchOperations.scheduleJob,
          { id, version, technicianId, startsAt },
          { commandId: 'plan' },
        );
      },
    },
    {
      name: 'publish the day',
      commits: 3,
      send: async () =>
        void (await office.call(dispatchOperations.publishDay, { date: day() }, { commandId: 'publish' })),
    },
  ];
}

/** An address that can be served, and a window of the first day that has one. */
async function look({ office, now }: Scene) {
  const { addresses } = await office.call(plantOperations.searchAddresses, {
    q: '1002 principale ste clotilde',
  });
  const address = is(
    addresses.find(({ serviceability }) => serviceability === 'serviceable'),
    'address served',
  );
  const from = new Date(now().getTime() + 86_400_000).toISOString().slice(0, 10);
  const { slots } = await office.call(dispatchOperations.suggestSlots, { from, days: DAYS_AHEAD });
  const { date, from: begins, to } = is(slots[0], 'slot');
  return { addressId: address.id, slot: { date, from: begins, to } };
}

const write = (
  office: Caller,
  asked: Readonly<{ addressId: string; slot: { date: string; from: string; to: string } }>,
) =>
  office.call(
    salesOperations.createQuote,
    { contact: PERSON, lines: LINES, ...asked },
    { commandId: 'quote' },
  );

function install(scene: Scene, sale: Sale): Step[] {
  const jobId = () => is(sale.job, 'visit').id;
  const phone = scene.visitor('field');
  // What the phone wrote down when it happened; it says the same when it says it again.
  const at = scene.now().toISOString();
  const about = () => ({ id: jobId(), at });
  let token = '';
  let checklist: { id: string; kind: string; unit: string | null }[] = [];
  let photo = '';
  return [
    {
      name: 'sign in on the phone',
      look: async () => void (token = await linked(scene, 'technician_day', /#\/j\/(\S+)/)),
      send: async () => void (await phone.call(fieldOperations.signIn, { token })),
    },
    {
      name: 'leave',
      send: async () => void (await phone.call(fieldOperations.startTravel, about(), { commandId: 'leave' })),
    },
    {
      name: 'arrive',
      send: async () => void (await phone.call(fieldOperations.arrive, about(), { commandId: 'arrive' })),
    },
    {
      name: 'scan and attach',
      look: async () => {
        const png = await ontLabelPng({ ...scene.ont, model: 'XX230v', seed: 7, photo: false });
        photo = Buffer.from(png).toString('base64');
      },
      send: async () => {
        const { fields } = await phone.call(visionOperations.readLabel, { image: photo });
        const { mac } = scene.ont;
        const seen = { serial: is(fields.serial, 'serial on the label'), mac, how: 'scan' as const };
        await phone.call(fieldOperations.attachEquipment, { ...about(), ...seen }, { commandId: 'attach' });
      },
    },
    {
      name: 'read the light',
      send: async () =>
        void (await phone.call(
          fieldOperations.takeReading,
          { ...about(), readingId: uuid(1) },
          { commandId: 'light' },
        )),
    },
    {
      name: 'answer the checklist',
      commits: 3,
      look: async () => void ({ checklist } = await phone.call(fieldOperations.readMyJob, { id: jobId() })),
      send: async () => {
        for (const [index, item] of checklist.entries()) await answer(phone, { item, index, about: about() });
      },
    },
    {
      name: 'let the customer sign',
      send: async () => {
        const signed = { ...about(), name: PERSON.name, png: MARK };
        await phone.call(fieldOperations.saveSignature, signed, { commandId: 'signature' });
      },
    },
    {
      name: 'finish',
      commits: 3,
      send: async () =>
        void (await phone.call(
          fieldOperations.complete,
          { ...about(), summary: 'Installé' },
          { commandId: 'finish' },
        )),
    },
  ];
}

async function answer(
  phone: Caller,
  {
    item: { id: itemId, kind, unit },
    index,
    about,
  }: {
    item: { id: string; kind: string; unit: string | null };
    index: number;
    about: { id: string; at: string };
  },
): Promise<void> {
  const how = { commandId: `check-${index}` };
  if (kind === 'photo') {
    const totalBytes = Buffer.from(MARK, 'base64').length;
    const picture = { photoId: uuid(100 + index), totalBytes, offset: 0, chunk: MARK };
    await phone.call(fieldOperations.addPhoto, { ...about, checklistItemId: itemId, ...picture }, how);
    return;
  }
  const said =
    kind === 'check'
      ? { checked: true }
      : kind === 'text'
        ? { text: 'T-12, port 3, bleu' }
        : { value: unit === 'dBm' ? -19.4 : 480 };
  await phone.call(fieldOperations.saveChecklistItem, { ...about, itemId, ...said }, how);
}

function collect(scene: Scene): Step[] {
  const portal = scene.visitor('portal');
  let token = '';
  let invoiceId = '';
  let url = '';
  return [
    {
      name: 'ask for a link to the portal',
      commits: 2,
      send: async () => {
        const asked = { identifier: '(450) 555-0141' };
        await scene.visitor('portal').call(portalOperations.requestPortalLink, asked);
      },
    },
    {
      name: 'open the portal',
      look: async () => void (token = await linked(scene, 'portal_link', /token=(\S+)/)),
      send: async () => void (await portal.call(portalOperations.openPortalLink, { token })),
    },
    {
      name: 'go to the till',
      // First it is told who pays, then it opens the page.
      answers: 2,
      look: async () => {
        const { rows } = await portal.call(billingOperations.listMyInvoices, {});
        invoiceId = is(rows[0], 'invoice').id;
      },
      send: async () => {
        const how = { commandId: 'checkout' };
        ({ url } = await portal.call(paymentsOperations.checkoutInvoice, { invoiceId }, how));
      },
    },
    {
      name: 'pay',
      commits: 3,
      // The till is not the hub's: it takes the card once, and tells the hub until the hub has understood.
      send: async (again) => {
        if (again) return;
        const card = { cardNumber: '4242424242424242', cardExpiry: '12/30', cardCvc: '123' };
        await fetch(url, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' });
        await scene.world.settled();
      },
    },
  ];
}

import {
  catalogOperations,
  customersOperations,
  type plantOperations,
  salesOperations,
  type InputOf,
  type OutputOf,
} from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed, shallowRef } from 'vue';
import { offeredPlans } from './offered-plans.ts';
import { useSaleDraft, type SaleDraft } from './sale-draft.ts';

export type FoundAddress = OutputOf<typeof plantOperations.searchAddresses>['addresses'][number];
export type CatalogItem = OutputOf<typeof catalogOperations.listItems>['rows'][number];
export type Slot = Readonly<{ date: string; from: string; to: string }>;
export const STEPS = ['where', 'who', 'what', 'when', 'accept'] as const;
export type Step = (typeof STEPS)[number];

/** The catalogue of one company; larger ones are searched, not shown whole. */
const ITEMS_MAX = 200;
/** What can be sold: plans, the options of the plan chosen, and work done once. */
function useSaleCatalog(planSku: () => string | null, kind: () => SaleDraft['contact']['kind']) {
  const items = useHubQuery(catalogOperations.listItems, () => ({
    onSale: 'true' as const,
    limit: ITEMS_MAX,
  }));
  const bySku = computed(() => new Map((items.data.value?.rows ?? []).map((item) => [item.sku, item])));
  const plans = computed(() =>
    [...bySku.value.values()]
      .filter((item) => item.kind === 'internet' && item.price)
      .toSorted((a, b) => (a.downloadMbps ?? 0) - (b.downloadMbps ?? 0)),
  );
  const offered = computed(() => offeredPlans(plans.value, kind()));
  const options = computed(() => {
    const allowed = bySku.value.get(planSku() ?? '')?.options ?? [];
    return allowed.flatMap((sku) => bySku.value.get(sku) ?? []).filter((item) => item.price);
  });
  const oneTime = computed(() =>
    [...bySku.value.values()].filter(
      (item) => item.frequency === 'one_time' && item.price && !options.value.includes(item),
    ),
  );

  return { items, bySku, offered, options, oneTime };
}

/** The term chosen; the hub says whether its rebate fits. */
const termOf = ({ termMonths, rebateCents }: SaleDraft): QuoteInput['term'] =>
  termMonths === null ? null : { months: termMonths, goodsRebateCents: rebateCents };

/** The quote to make of what was chosen; prices are those the person saw. */
function quoteInput(draft: SaleDraft, lines: QuoteInput['lines']): QuoteInput {
  const { kind, name, language, email, phone } = draft.contact;
  const someoneNew = draft.customerId === null;
  return {
    customerId: draft.customerId,
    contact: someoneNew
      ? { kind, name, language, emailId: email.trim() || null, cellPhone: phone.trim() || null }
      : null,
    addressId: draft.address?.id ?? null,
    lines,
    term: termOf(draft),
    slot: draft.slot,
    notes: draft.notes,
    ...(someoneNew ? { language } : {}),
  };
}
type QuoteInput = InputOf<typeof salesOperations.createQuote>;

/** A sale in progress: what was chosen, what it costs to the cent (told by the hub), and making the quote. */
export function useSale() {
  const { draft, forget } = useSaleDraft();
  const step = shallowRef<Step>('where');

  const known = useHubQuery(customersOperations.readCustomer, () => ({ id: draft.customerId ?? '' }), {
    when: () => draft.customerId !== null,
  });
  const kind = () => (draft.customerId === null ? undefined : known.data.value?.kind) ?? draft.contact.kind;
  const { items, bySku, offered, options, oneTime } = useSaleCatalog(() => draft.planSku, kind);

  const lines = computed(() => [
    ...(draft.planSku ? [{ sku: draft.planSku, quantity: 1 }] : []),
    ...Object.entries(draft.quantities)
      .filter(([sku, quantity]) => quantity > 0 && bySku.value.has(sku))
      .map(([sku, quantity]) => ({ sku, quantity })),
  ]);
  const preview = useHubQuery(
    salesOperations.previewQuote,
    () => ({ lines: lines.value, term: termOf(draft), addressId: draft.address?.id ?? null }),
    { when: () => lines.value.length > 0, keepPrevious: true },
  );

  const ready = computed<Record<Step, boolean>>(() => ({
    where: draft.address !== null,
    who:
      draft.customerId !== null ||
      (draft.contact.name.trim() !== '' &&
        (draft.contact.email.trim() !== '' || draft.contact.phone.trim() !== '')),
    what: draft.planSku !== null,
    when: true,
    accept: true,
  }));
  const creating = useHubCommand(salesOperations.createQuote);
  const sending = useHubCommand(salesOperations.sendQuote);

  /** Makes the quote; undefined when the hub said no (`creating.refused` says why). */
  async function makeQuote() {
    const quote = await creating.run(
      quoteInput(
        draft,
        // The rebate of a term has lines of its own, that nobody asks for.
        preview.data.value?.lines
          .filter(({ amountCents }) => amountCents >= 0n)
          .map(({ sku, quantity, priceVersionId }) => ({ sku, quantity, priceVersionId })) ?? lines.value,
      ),
    );
    if (quote) clear();
    return quote;
  }
  function clear(): void {
    forget();
    step.value = 'where';
  }
  return {
    draft,
    step,
    items,
    offered,
    options,
    oneTime,
    lines,
    preview,
    ready,
    creating,
    sending,
    makeQuote,
    clear,
  };
}

export type Sale = ReturnType<typeof useSale>;

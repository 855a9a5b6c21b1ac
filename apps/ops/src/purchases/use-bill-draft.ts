import { BILL_LINES_MAX, purchasesOperations, type InputOf, type OutputOf } from '@gigafibre/contract';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed, reactive } from 'vue';

export type Bill = OutputOf<typeof purchasesOperations.readBill>;
type Entered = InputOf<typeof purchasesOperations.enterBill>;
export type DraftLine = {
  key: number;
  account: string | null;
  description: string;
  net: bigint | null | undefined;
  tax: NonNullable<Entered['lines'][number]['tax']> | null;
};

let keys = 0;
const emptyLine = (account: string | null): DraftLine => ({
  key: (keys += 1),
  account,
  description: '',
  net: null,
  tax: 'both',
});

type Draft = {
  supplierId: string | null;
  number: string;
  billedOn: string | null;
  dueOn: string | null;
  lines: DraftLine[];
  gst: bigint | null | undefined;
  qst: bigint | null | undefined;
  note: string;
};
const emptyDraft = (): Draft => ({
  supplierId: null,
  number: '',
  billedOn: null,
  dueOn: null,
  lines: [emptyLine(null)],
  gst: null,
  qst: null,
  note: '',
});

/** A bill being typed: its fields, the taxes the rules make of them, and what the hub is sent. */
export function useBillDraft() {
  const draft = reactive(emptyDraft());
  const priced = computed(() =>
    draft.lines.flatMap(({ net, tax }) =>
      typeof net === 'bigint' && tax !== null ? [{ netCents: Number(net), tax }] : [],
    ),
  );
  const computedTaxes = useHubQuery(
    purchasesOperations.computeTaxes,
    () => ({ billedOn: draft.billedOn ?? '', lines: priced.value }),
    { when: () => draft.billedOn !== null && priced.value.length > 0, keepPrevious: true },
  );
  const rules = computed(() => (priced.value.length === 0 ? undefined : computedTaxes.data.value));
  const totals = computed(() => {
    if (!rules.value) return undefined;
    const { netCents } = rules.value;
    const gstCents = draft.gst ?? rules.value.gstCents;
    const qstCents = draft.qst ?? rules.value.qstCents;
    return { netCents, gstCents, qstCents, totalCents: netCents + gstCents + qstCents };
  });
  const addLine = (): void => {
    if (draft.lines.length < BILL_LINES_MAX) draft.lines.push(emptyLine(draft.lines.at(-1)?.account ?? null));
  };
  const dropLine = (key: number): void => {
    draft.lines = draft.lines.filter((line) => line.key !== key);
  };
  /** The account of the supplier stands on the lines that have none yet. */
  const propose = (account: string | null): void => {
    for (const line of draft.lines) line.account ??= account;
  };
  const fill = (bill: Bill): void => {
    Object.assign(draft, draftOf(bill));
  };
  return { draft, rules, totals, fill, addLine, dropLine, propose, written: () => enteredOf(draft) };
}

/** A bill that is kept as a person would have typed it: taxes as the rules say are left empty. */
const draftOf = (bill: Bill): Draft => ({
  supplierId: bill.supplierId,
  number: bill.number,
  billedOn: bill.billedOn,
  dueOn: bill.dueOn,
  lines: bill.lines.map(({ account, description, netCents, tax }) => ({
    key: (keys += 1),
    account: account.number,
    description,
    net: netCents,
    tax,
  })),
  gst: bill.gstCents === bill.computed.gstCents ? null : bill.gstCents,
  qst: bill.qstCents === bill.computed.qstCents ? null : bill.qstCents,
  note: bill.note,
});

/** What the hub is sent; undefined while something is missing. */
function enteredOf(draft: Draft): Entered | undefined {
  const { supplierId, billedOn, dueOn, gst, qst } = draft;
  const lines = draft.lines.flatMap(({ account, description, net, tax }) =>
    account !== null && typeof net === 'bigint' && tax !== null
      ? [{ account, description: description.trim(), netCents: Number(net), tax }]
      : [],
  );
  if (supplierId === null || billedOn === null || gst === undefined || qst === undefined) return undefined;
  if (lines.length !== draft.lines.length || lines.length === 0) return undefined;
  return {
    supplierId,
    number: draft.number.trim(),
    billedOn,
    dueOn,
    lines,
    gstCents: gst === null ? null : Number(gst),
    qstCents: qst === null ? null : Number(qst),
    note: draft.note.trim(),
  };
}

import { creditNoteOperations as ops, type InputOf, type OutputOf } from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed, reactive, shallowRef } from 'vue';

export type CreditPreview = OutputOf<typeof ops.previewCreditNote>;
type Lines = InputOf<typeof ops.previewCreditNote>['lines'];
type Typed = bigint | null | undefined;

/** One credit note: which lines, for how much, what it would come to while it is filled in, and issuing just that. */
export function useCredit(invoiceId: () => string, isOpen: () => boolean) {
  const left = useHubQuery(ops.readCreditable, () => ({ id: invoiceId() }), { when: isOpen });
  const extent = shallowRef<'whole' | 'lines' | null>('whole');
  /** What is taken back waits for the next invoice again, as it was. */
  const again = shallowRef(false);
  const amounts = reactive(new Map<number, Typed>());
  const creditable = computed(() =>
    (left.data.value?.lines ?? []).filter(({ leftCents }) => leftCents !== 0n),
  );

  /** Null while something chosen is not an amount, or nothing is chosen. */
  const lines = computed<Lines | null>(() => {
    if (extent.value === 'whole')
      return creditable.value.length > 0 ? creditable.value.map(({ line }) => ({ line })) : null;
    const chosen = creditable.value.filter(({ line }) => amounts.has(line));
    const asked = chosen.flatMap(({ line, leftCents }) => {
      const typed = amounts.get(line);
      if (typeof typed !== 'bigint') return [];
      return [typed === leftCents ? { line } : { line, amountCents: Number(typed) }];
    });
    return asked.length > 0 && asked.length === chosen.length ? asked : null;
  });
  const asked = () => ({ id: invoiceId(), lines: lines.value ?? [], billAgain: again.value });
  const shown = useHubQuery(ops.previewCreditNote, asked, {
    when: () => isOpen() && lines.value !== null,
    keepPrevious: true,
  });
  const part = useHubCommand(ops.issueCreditNote, { stale: [ops.readCreditable, ops.listCreditNotes] });
  const whole = useHubCommand(ops.voidInvoice, { stale: [ops.readCreditable, ops.listCreditNotes] });

  function begin(): void {
    part.forget();
    whole.forget();
    amounts.clear();
    extent.value = 'whole';
    again.value = false;
  }
  function pick(line: number, leftCents: bigint, on: boolean): void {
    if (on) amounts.set(line, leftCents);
    else amounts.delete(line);
  }
  const issue = (reason: string): Promise<OutputOf<typeof ops.issueCreditNote> | undefined> =>
    extent.value === 'whole'
      ? whole.run({ id: invoiceId(), reason, billAgain: again.value })
      : part.run({ id: invoiceId(), lines: lines.value ?? [], reason, billAgain: again.value });

  return {
    left,
    creditable,
    extent,
    again,
    amounts,
    pick,
    lines,
    preview: computed(() => (lines.value === null ? undefined : shown.data.value)),
    previewRefused: computed(() => (lines.value === null ? null : shown.refused.value)),
    refused: computed(() => part.refused.value ?? whole.refused.value),
    busy: computed(() => part.busy.value || whole.busy.value),
    begin,
    issue,
  };
}

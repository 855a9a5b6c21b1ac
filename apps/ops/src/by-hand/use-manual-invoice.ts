import { billingOperations as ops, type InputOf } from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed, reactive, shallowRef } from 'vue';

type Asked = InputOf<typeof ops.issueInvoice>;
/** A line being filled in; the catalog says what is left empty. */
export type ManualLine = {
  key: number;
  sku: string | null;
  quantity: number | null | undefined;
  price: bigint | null | undefined;
  fr: string;
  en: string;
};
/** The preview is asked for before anybody has said why. */
const NO_REASON_YET = '–';

/** One invoice made by hand: its lines, what it would come to while it is filled in, and issuing just that. */
export function useManualInvoice(customerId: () => string, isOpen: () => boolean) {
  const lines = reactive<ManualLine[]>([]);
  const waiting = shallowRef(false);
  const reason = shallowRef('');
  let made = 0;

  const complete = computed(() => lines.every(isComplete));
  const asked = computed<Asked | null>(() =>
    complete.value && (lines.length > 0 || waiting.value)
      ? {
          customerId: customerId(),
          lines: lines.map(lineOf),
          withOpenCharges: waiting.value,
          reason: reason.value.trim() || NO_REASON_YET,
        }
      : null,
  );
  const shown = useHubQuery(
    ops.previewInvoice,
    () => ({
      ...(asked.value ?? { customerId: customerId(), reason: NO_REASON_YET }),
      reason: NO_REASON_YET,
    }),
    { when: () => isOpen() && asked.value !== null, keepPrevious: true },
  );
  const issuing = useHubCommand(ops.issueInvoice);

  function add(): void {
    made += 1;
    lines.push({ key: made, sku: null, quantity: 1, price: null, fr: '', en: '' });
  }
  function remove(key: number): void {
    const place = lines.findIndex((line) => line.key === key);
    if (place >= 0) lines.splice(place, 1);
  }
  function begin(withWaiting: boolean): void {
    issuing.forget();
    lines.splice(0);
    reason.value = '';
    waiting.value = withWaiting;
    if (!withWaiting) add();
  }
  return {
    lines,
    waiting,
    reason,
    complete,
    asked,
    preview: computed(() => (asked.value === null ? undefined : shown.data.value)),
    refused: computed(() => issuing.refused.value ?? (asked.value === null ? null : shown.refused.value)),
    busy: issuing.busy,
    add,
    remove,
    begin,
    issue: async () => (asked.value === null ? undefined : issuing.run(asked.value)),
  };
}

const isComplete = ({ sku, quantity, price }: ManualLine): boolean =>
  sku !== null && typeof quantity === 'number' && quantity > 0 && price !== undefined;

const lineOf = ({ sku, quantity, price, fr, en }: ManualLine): NonNullable<Asked['lines']>[number] => ({
  ...(sku === null ? {} : { sku }),
  quantity: quantity ?? 1,
  ...(typeof price === 'bigint' ? { unitPriceCents: Number(price) } : {}),
  ...(fr.trim() ? { descriptionFr: fr.trim() } : {}),
  ...(en.trim() ? { descriptionEn: en.trim() } : {}),
});

import type { TERM_MONTHS } from '@gigafibre/contract';
import { reactive, watch } from 'vue';
import type { FoundAddress, Slot } from './use-sale.ts';

/** Kept in the tab, so that a reload in the middle of a call loses nothing. */
const DRAFT_KEY = 'sale-draft';

const empty = () => ({
  address: null as FoundAddress | null,
  customerId: null as string | null,
  contact: {
    kind: 'residential' as 'residential' | 'business',
    name: '',
    language: 'fr' as 'fr' | 'en',
    email: '',
    phone: '',
  },
  planSku: null as string | null,
  quantities: {} as Record<string, number>,
  /** None: for an indeterminate time. */
  termMonths: null as (typeof TERM_MONTHS)[number] | null,
  /** Taken off the goods bought, in cents; kept as a number, as the tab keeps it. */
  rebateCents: 0,
  slot: null as Slot | null,
  notes: '',
});
export type SaleDraft = ReturnType<typeof empty>;

function remembered(): SaleDraft {
  try {
    return { ...empty(), ...(JSON.parse(sessionStorage.getItem(DRAFT_KEY) ?? '{}') as Partial<SaleDraft>) };
  } catch {
    return empty();
  }
}

/** What was chosen so far, and how to forget it. */
export function useSaleDraft() {
  const draft = reactive(remembered());
  watch(draft, (now) => sessionStorage.setItem(DRAFT_KEY, JSON.stringify(now)));
  const forget = (): void => {
    Object.assign(draft, empty());
    sessionStorage.removeItem(DRAFT_KEY);
  };
  return { draft, forget };
}

import { purchasesOperations } from '@gigafibre/contract';
import { useLanguage } from '@gigafibre/ui';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';

/** The accounts a bill may stand on, as choices in the reader's language. */
export function usePurchaseAccounts() {
  const { language } = useLanguage();
  const seen = useHubQuery(purchasesOperations.listPurchaseAccounts, () => ({}));
  return computed(() =>
    (seen.data.value?.accounts ?? []).map(({ number, nameFr, nameEn }) => ({
      value: number,
      label: `${number} ${language.value === 'fr' ? nameFr : nameEn}`,
    })),
  );
}

import { catalogOperations, type OutputOf } from '@gigafibre/contract';
import { useLanguage } from '@gigafibre/ui';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';

export type SoldItem = OutputOf<typeof catalogOperations.listItems>['rows'][number];
/** The catalogue of one company, whole. */
const ITEMS_MAX = 200;

/** What can be billed once by hand: items of the catalog with a price, as the choices of a field. */
export function useSoldItems(when: () => boolean) {
  const { language } = useLanguage();
  const items = useHubQuery(
    catalogOperations.listItems,
    () => ({ onSale: 'true' as const, limit: ITEMS_MAX }),
    { when },
  );
  const sold = computed(() => (items.data.value?.rows ?? []).filter(({ price }) => price !== null));
  const nameOf = (item: Readonly<{ nameFr: string; nameEn: string }>) =>
    language.value === 'fr' ? item.nameFr : item.nameEn;
  return {
    items,
    bySku: computed(() => new Map(sold.value.map((item) => [item.sku, item]))),
    choices: computed(() =>
      sold.value
        .filter(({ frequency }) => frequency === 'one_time')
        .map((item) => ({ value: item.sku, label: nameOf(item) })),
    ),
    nameOf,
  };
}

import { catalogOperations, subscriptionsOperations } from '@gigafibre/contract';
import { useLanguage } from '@gigafibre/ui';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ChangeName } from './use-service-change.ts';

const CATALOG_ROWS = 200;
/** What a service can be: one plan follows another of its kind. */
const PLANS: ReadonlySet<string> = new Set(['internet', 'tv', 'phone']);
const ALWAYS: readonly ChangeName[] = ['endSubscription'];
/** While a move is set for a day to come, nothing else changes before it. */
const BEFORE_A_MOVE: readonly ChangeName[] = ['moveSubscription', 'withdrawMove'];
const WHILE_ACTIVE: readonly ChangeName[] = [
  'changePlan',
  'addOption',
  'removeOption',
  'addDiscount',
  'addBundle',
  'moveSubscription',
  'suspendSubscription',
];

/** A service, what can be done to it as it stands, and what each change can choose from. */
export function useServiceChoices(
  id: () => string,
  { open, command }: { open: Readonly<Ref<boolean>>; command: Readonly<Ref<ChangeName | null>> },
) {
  const { t } = useI18n();
  const { language } = useLanguage();
  const service = useHubQuery(subscriptionsOperations.readSubscription, () => ({ id: id() }), {
    when: () => open.value,
  });
  const catalog = useHubQuery(
    catalogOperations.listItems,
    () => ({ onSale: 'true' as const, limit: CATALOG_ROWS }),
    { when: () => open.value },
  );

  const nameOf = (item: { nameFr: string; nameEn: string }) =>
    language.value === 'fr' ? item.nameFr : item.nameEn;
  const commands = computed(() => {
    const status = service.data.value?.status;
    const can = [
      ...(status === 'active' ? (service.data.value?.move ? BEFORE_A_MOVE : WHILE_ACTIVE) : []),
      ...(status === 'suspended' ? (['reconnectSubscription'] as const) : []),
      ...ALWAYS,
    ];
    return can.map((value) => ({ value, label: t(`service.do.${value}`) }));
  });
  const offers = computed(() => {
    const items = catalog.data.value?.rows ?? [];
    const current = service.data.value?.items ?? [];
    const has = new Set(current.map(({ kind }) => kind));
    const allowed = new Set(
      items.filter(({ sku }) => current.some((one) => one.sku === sku)).flatMap(({ options }) => options),
    );
    const fits = items.filter(({ kind, frequency, price, sku, parts }) => {
      if (frequency === 'one_time' || price === null) return false;
      if (parts.length > 0 || command.value === 'addBundle')
        return parts.length > 0 && command.value === 'addBundle';
      if (command.value === 'addDiscount') return kind === 'option' && price.priceCents <= 0n;
      if (command.value === 'changePlan' || command.value === 'moveSubscription')
        return PLANS.has(kind) && has.has(kind);
      return !PLANS.has(kind) && (kind !== 'option' || allowed.has(sku));
    });
    return fits.map((item) => ({ value: item.sku, label: nameOf(item) }));
  });
  const removable = computed(() =>
    (service.data.value?.items ?? [])
      .filter(({ kind, frequency }) => !PLANS.has(kind) && frequency !== 'one_time')
      .map((item) => ({ value: item.id, label: nameOf(item) })),
  );
  return { service, commands, offers, removable, nameOf };
}

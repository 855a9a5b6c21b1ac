import { collectionsOperations, type OutputOf } from '@gigafibre/contract';
import { useFormat } from '@gigafibre/ui';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../session/session.ts';

export type CollectionAccount = OutputOf<typeof collectionsOperations.readAccount>;
export type CollectionRow = OutputOf<typeof collectionsOperations.listAccounts>['rows'][number];
/** What can be done to a customer who is late, each with its form. */
export type CollectionAct = 'promise' | 'arrangement' | 'hold' | 'note' | 'decide' | 'prove';

/** Commands change both. */
export const STALE = [collectionsOperations.listAccounts, collectionsOperations.readAccount] as const;

/** One customer who is late, kept current, with what the reader may do. */
export function useCollection(customerId: () => string) {
  const session = useSession();
  const seen = useHubQuery(collectionsOperations.readAccount, () => ({ customerId: customerId() }));
  const can = computed(() => ({
    agree: session.can('payments.take'),
    decide: session.can('billing.write'),
  }));
  return { seen, can };
}

/** The next step of a customer in a sentence: what, when, and why then or why not. */
export function useNextWords() {
  const { t } = useI18n();
  const { date } = useFormat();
  return ({ next, holds }: Pick<CollectionRow, 'next' | 'holds'>): string => {
    if (next === null) return t('collections.next.nothing');
    const rung = t(`collections.rungs.${next.rung}`);
    if (next.why === 'held') {
      const why = holds.map((hold) => t(`collections.holds.${hold}`)).join(', ');
      return next.on === null
        ? t('collections.next.heldOpen', { rung, why })
        : t('collections.next.held', { rung, why, date: date(next.on) });
    }
    const on = next.on === null ? '' : date(next.on);
    return t(`collections.next.${next.why}`, { rung, date: on });
  };
}

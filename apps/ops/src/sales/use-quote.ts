import { quoteCan, salesOperations } from '@gigafibre/contract';
import { useToasts } from '@gigafibre/ui';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../session/session.ts';

/** One quote and what can be done with it now. */
export function useQuote(id: () => string) {
  const { t } = useI18n();
  const { show } = useToasts();
  const session = useSession();
  const seen = useHubQuery(salesOperations.readQuote, () => ({ id: id() }));
  const stale = [salesOperations.readQuote, salesOperations.listQuotes];
  const sending = useHubCommand(salesOperations.sendQuote, { stale });
  const linking = useHubCommand(salesOperations.readQuoteLink);
  const declining = useHubCommand(salesOperations.declineQuote, { stale });

  /** Why an act is not possible now, or null when it is. */
  const reasonAgainst = (act: keyof typeof quoteCan): string | null => {
    const quote = seen.data.value;
    if (!quote || !session.can('sales.write')) return t('sale.notAllowed');
    return quoteCan[act].some((state) => state === quote.status) ? null : t('sale.notInState');
  };
  return {
    seen,
    reasons: computed(() => ({
      send: reasonAgainst('send'),
      decline: reasonAgainst('decline'),
      accept: reasonAgainst('accept'),
    })),
    send: async () => {
      const quote = seen.data.value;
      const sent =
        quote && (await sending.run({ id: quote.id, version: quote.version, channels: ['email', 'sms'] }));
      if (sent) show({ text: t('sale.sent'), tone: 'ok' });
    },
    decline: () => declining.run({ id: id() }),
    openSigning: async () => {
      const link = await linking.run({ id: id() });
      if (link) window.open(link.url, '_blank', 'noopener');
    },
    busy: computed(() => sending.busy.value || linking.busy.value || declining.busy.value),
    refused: computed(() => sending.refused.value ?? linking.refused.value ?? declining.refused.value),
  };
}

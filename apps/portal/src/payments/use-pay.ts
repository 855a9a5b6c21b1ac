import { paymentsOperations } from '@gigafibre/contract';
import { useHubCommand } from '@gigafibre/ui/hub';
import { computed } from 'vue';

/** Paying: opens the provider's page for one invoice or for the whole balance. A second press changes nothing. */
export function usePay() {
  const invoice = useHubCommand(paymentsOperations.checkoutInvoice);
  const balance = useHubCommand(paymentsOperations.checkoutBalance);
  const goTo = (started: { url: string } | undefined) => {
    if (started) location.assign(started.url);
  };
  return {
    payInvoice: async (invoiceId: string) => goTo(await invoice.run({ invoiceId })),
    payBalance: async () => goTo(await balance.run({})),
    busy: computed(() => invoice.busy.value || balance.busy.value),
    refused: computed(() => invoice.refused.value ?? balance.refused.value),
  };
}

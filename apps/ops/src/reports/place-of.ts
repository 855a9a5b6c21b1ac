import type { ReportDocument } from '@gigafibre/contract';
import { screens } from '../screens.ts';
import type { RouteName } from '../paths.ts';

type Place = Readonly<{ name: RouteName; params: Record<string, string> }>;

/** The screen of a document; its customer's where it has none of its own yet; nothing where there is neither. */
export function placeOf({ kind, id, customerId }: ReportDocument): Place | undefined {
  const own: Partial<Record<ReportDocument['kind'], RouteName>> = {
    invoice: 'invoice',
    quote: 'quote',
    payment: 'payment',
    supplier_bill: 'supplierBill',
  };
  const name = own[kind];
  if (name !== undefined && screens[name] !== undefined) return { name, params: { id } };
  return customerId === null ? undefined : { name: 'client', params: { id: customerId } };
}

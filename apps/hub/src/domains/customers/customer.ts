import type { Language } from '@gigafibre/contract';
import type { CustomerRow } from './store.ts';

export type CustomerStatus = 'prospect' | 'active' | 'suspended' | 'terminated';
export type Customer = Readonly<{
  id: string;
  kind: 'residential' | 'business';
  name: string;
  language: Language;
  status: CustomerStatus;
  emailId: string | null;
  emailBilling: string | null;
  cellPhone: string | null;
  telHome: string | null;
  notes: string;
  tags: string[];
  stripeId: string | null;
  legacyAccountId: string | null;
  createdAt: string;
  version: number;
}>;

/** A row as the noun everybody speaks of. The three unions are held by check constraints in the database. */
export const customerOf = (row: CustomerRow): Customer => ({
  id: row.id,
  kind: row.kind as Customer['kind'],
  name: row.name,
  language: row.language as Language,
  status: row.status as CustomerStatus,
  emailId: row.email_id,
  emailBilling: row.email_billing,
  cellPhone: row.cell_phone,
  telHome: row.tel_home,
  notes: row.notes,
  tags: row.tags,
  stripeId: row.stripe_id,
  legacyAccountId: row.legacy_account_id,
  createdAt: row.created_at,
  version: row.version,
});

/** Where bills and formal messages go: the billing address when there is one. */
export const billingEmail = (customer: Customer): string | null => customer.emailBilling ?? customer.emailId;

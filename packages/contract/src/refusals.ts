import { ledgerRefusals } from './refusals/ledger.ts';
import { reportsRefusals } from './refusals/reports.ts';
import { purchasesRefusals } from './refusals/purchases.ts';
import { chargesRefusals } from './refusals/charges.ts';
import { subscriptionsRefusals } from './refusals/subscriptions.ts';
import { billingRunsRefusals } from './refusals/billing-runs.ts';
import { billingRefusals } from './refusals/billing.ts';
import { receivablesRefusals } from './refusals/receivables.ts';
import { paymentsRefusals } from './refusals/payments.ts';
import { collectionsRefusals } from './refusals/collections.ts';
import { stockRefusals } from './refusals/stock.ts';
import { networkRefusals } from './refusals/network.ts';
import { dispatchRefusals } from './refusals/dispatch.ts';
import { visionRefusals } from './refusals/vision.ts';
import { salesRefusals } from './refusals/sales.ts';
import { plantRefusals } from './refusals/plant.ts';
import { catalogRefusals } from './refusals/catalog.ts';
import { generalRefusals } from './refusals/general.ts';
import { customersRefusals } from './refusals/customers.ts';
import { staffRefusals } from './refusals/staff.ts';
import { rulesRefusals } from './refusals/rules.ts';
import type { Language } from './values.ts';

/** How a refusal is told: HTTP status, and the words for a person in both languages. */
export type RefusalDeclaration = Readonly<{
  status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 500 | 503;
  fr: (data: RefusalData) => string;
  en: (data: RefusalData) => string;
}>;
export type RefusalData = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Every way the hub says no. A domain adds its own file in `refusals/` and a line here. */
export const refusals = {
  ...generalRefusals,
  ...staffRefusals,
  ...rulesRefusals,
  ...customersRefusals,
  ...ledgerRefusals,
  ...catalogRefusals,
  ...plantRefusals,
  ...salesRefusals,
  ...stockRefusals,
  ...networkRefusals,
  ...dispatchRefusals,
  ...visionRefusals,
  ...purchasesRefusals,
  ...chargesRefusals,
  ...reportsRefusals,
  ...subscriptionsRefusals,
  ...billingRefusals,
  ...billingRunsRefusals,
  ...receivablesRefusals,
  ...paymentsRefusals,
  ...collectionsRefusals,
} satisfies Record<string, RefusalDeclaration>;
export type RefusalCode = keyof typeof refusals;

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusals, code);

/** A refusal in words; the one function that turns codes into sentences, for the hub and every screen. */
export function refusalWords(code: string, data: RefusalData, language: Language): string {
  const declared = isRefusalCode(code) ? refusals[code] : refusals.our_fault;
  return declared[language](data);
}

/** Thrown by a verb to say no: the transaction rolls back, the caller gets the code and its data. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly data: RefusalData;
  constructor(code: RefusalCode, data: RefusalData = {}) {
    super(`${code}: ${refusalWords(code, data, 'en')}`);
    this.name = 'Refusal';
    this.code = code;
    this.data = data;
  }
}

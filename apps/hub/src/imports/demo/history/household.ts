import type { PricedItem } from '../../../domains/catalog/index.ts';
import type { DemoOnt } from '../open-company.ts';
import type { Account } from './account.ts';
import type { Person } from './people.ts';
import type { Site } from './sites.ts';

/**
 * How somebody pays: by card the day the invoice comes, by debit or by themselves before it is due, late,
 * every second invoice, in cash at the counter, or not any more.
 */
export type Habit = 'card' | 'debit' | 'transfer' | 'cheque' | 'late' | 'every_second' | 'cash' | 'stopped';

/** What was sold, at its price of that day. */
export type SoldItem = Readonly<{ id: string; priced: PricedItem }>;
export type Service = Readonly<{
  id: string;
  dwelling: Dwelling;
  items: readonly SoldItem[];
  /** Civil days of service; the last one is included. Null while it lives. */
  activatedOn: string;
  cancelledOn: string | null;
  /** It was there before this company kept its own books: its first bill is not in them. */
  taken: boolean;
  isInternet: boolean;
  reason: string;
}>;
export type Dwelling = Readonly<{
  locationId: string;
  site: Site;
  equipmentId: string;
  ont: DemoOnt;
  rxDbm: number;
}>;

/** A customer with everything they had in two years. */
export type Household = Readonly<{
  id: string;
  person: Person;
  joinedOn: string;
  /** Last day of service of somebody who left. */
  leftOn: string | null;
  legacyAccount: string | null;
  habit: Habit;
  card: Readonly<{ brand: string; last4: string }>;
  dwellings: readonly Dwelling[];
  services: readonly Service[];
  account: Account;
}>;

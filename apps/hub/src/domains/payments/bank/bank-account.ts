import { paymentsEvents, Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import { openSealer, type Sealer } from '../../../platform/auth/sealing.ts';
import { linkId } from '../../../platform/chance.ts';
import type { Tx } from '../../../platform/acting.ts';
import type { Db } from '../../../platform/db/connect.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../method-store.ts';
import { methodOf, type SavedMethod } from '../methods/method.ts';

/** The provider of what the company keeps and debits itself. */
export const OWN_BANK = 'bank_file';
const DESJARDINS = '815';
const FOLIO_DIGITS = 7;

type Account = Readonly<{ institution: string; transit: string; account: string }>;
type Adding = ParsedOf<typeof paymentsOperations.addBankAccount>;

/** Seals account numbers, each for the place it stands in: moved elsewhere, it does not open. */
export const accountSealer = (db: Db): Promise<Sealer> => openSealer(db, 'payments.bank-accounts');

/** What an account's number is sealed with: the place its row was given when it was written. */
export const sealedFor = ({ providerRef }: { providerRef: string }): string => `account:${providerRef}`;

/** No bank has the number zero, and Desjardins' accounts are its folios. */
export const isAccount = ({ institution, transit, account }: Account): boolean =>
  ![institution, transit, account].some((digits) => /^0+$/.test(digits)) &&
  (institution !== DESJARDINS || account.length === FOLIO_DIGITS);

/**
 * Keeps a bank account a customer gave, its number sealed and shown by its last digits ever after. Given again, it
 * is the one that was kept. Refused for what no bank has.
 */
export async function addBankAccount(
  tx: Tx,
  { id: customerId, payerName, ...given }: Adding,
): Promise<SavedMethod> {
  if (!isAccount(given)) throw new Refusal('bank_account_not_valid');
  await readCustomer(tx, customerId);
  await lockAccount(tx, customerId);
  const sealer = await accountSealer(tx.db);
  const kept = await store.methodsOf(tx.db, customerId);
  const same = kept.find((row) => isSame(sealer, row, given));
  if (same) return methodOf(same, tx.now);
  const providerRef = linkId();
  const inserted = await store.insertMethod(tx.db, {
    customer_id: customerId,
    kind: 'bank_account',
    provider: OWN_BANK,
    provider_ref: providerRef,
    last4: given.account.slice(-4),
    institution: given.institution,
    transit: given.transit,
    account_sealed: sealer.seal(given.account, sealedFor({ providerRef })),
    payer_name: payerName,
    mandate_state: 'active',
    is_default: kept.length === 0,
    saved_at: tx.now,
  });
  const row = inserted && (await store.methodById(tx.db, inserted.id));
  if (!row) throw new Error('a bank account was not kept');
  await tx.tell(paymentsEvents.methodSaved, {
    subject: row.id,
    customerId,
    data: { kind: 'bank_account', last4: row.last4 },
  });
  return methodOf(row, tx.now);
}

const isSame = (sealer: Sealer, row: store.MethodRow, given: Account): boolean =>
  row.provider === OWN_BANK &&
  row.account_sealed !== null &&
  row.mandate_state === 'active' &&
  row.institution === given.institution &&
  row.transit === given.transit &&
  sealer.open(row.account_sealed, sealedFor({ providerRef: row.provider_ref })) === given.account;

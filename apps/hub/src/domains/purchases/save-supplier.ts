import { purchasesEvents, Refusal, type ParsedOf, type purchasesOperations } from '@gigafibre/contract';
import { isPurchaseAccount } from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { lockFor } from '../../platform/transact.ts';
import { readSupplier } from './read-suppliers.ts';
import * as store from './supplier-store.ts';
import type { Supplier } from './supplier.ts';

type NewSupplier = ParsedOf<typeof purchasesOperations.addSupplier>;
type ChangedSupplier = ParsedOf<typeof purchasesOperations.changeSupplier>;

/** A name is looked for, then given: one at a time. */
const NAMES = 'purchases.suppliers';

/** Adds a supplier. Refused when one is called the same, and for an account that takes no purchases. */
export async function addSupplier(tx: Tx, given: NewSupplier): Promise<Supplier> {
  const fields = fieldsOf(given);
  await lockFor(tx, NAMES);
  const added = await store.insertSupplier(tx.db, {
    ...fields,
    added_at: tx.now,
    added_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!added) throw await knownAs(tx, given.name);
  return saved(tx, added.id);
}

/** Changes a supplier somebody looked at; bills that are approved stay as they are. */
export async function changeSupplier(tx: Tx, { id, version, ...given }: ChangedSupplier): Promise<Supplier> {
  await lockFor(tx, NAMES);
  const row = await store.supplierForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (row.version !== version) throw new Refusal('changed_meanwhile');
  const namesake = await store.supplierNamed(tx.db, given.name);
  if (namesake && namesake.id !== id) throw await knownAs(tx, given.name);
  await store.updateSupplier(tx.db, { id, fields: { ...fieldsOf(given), version: version + 1 } });
  return saved(tx, id);
}

function fieldsOf(given: NewSupplier) {
  const { expenseAccount } = given;
  if (expenseAccount !== null && !isPurchaseAccount(expenseAccount))
    throw new Refusal('supplier_bill_account', { account: expenseAccount });
  return {
    name: given.name,
    gst_number: given.gstNumber,
    qst_number: given.qstNumber,
    terms_days: given.termsDays,
    expense_account: expenseAccount,
    note: given.note,
  };
}

const knownAs = async (tx: Tx, name: string): Promise<Refusal> =>
  new Refusal('supplier_known', { supplier: (await store.supplierNamed(tx.db, name))?.id ?? name });

async function saved(tx: Tx, id: string): Promise<Supplier> {
  const supplier = await readSupplier(tx, id);
  await tx.tell(purchasesEvents.supplierSaved, { subject: id, data: { name: supplier.name } });
  return supplier;
}

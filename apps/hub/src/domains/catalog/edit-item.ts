import { catalogEvents, Refusal, type catalogOperations, type ParsedOf } from '@gigafibre/contract';
import type { Changes, Tx } from '../../platform/acting.ts';
import { allowOptions } from './create-item.ts';
import type { Item } from './item.ts';
import { readItem } from './read-items.ts';
import * as store from './store.ts';

type ItemEdit = ParsedOf<typeof catalogOperations.editItem>;

/** Changes the fields given; prices change only by `addPriceVersion`. Refused when somebody changed the item since. */
export async function editItem(tx: Tx, edit: ItemEdit): Promise<Item> {
  const row = await store.itemForUpdate(tx.db, edit.sku);
  if (!row) throw new Refusal('not_found', { what: edit.sku });
  if (row.version !== edit.version) throw new Refusal('changed_meanwhile', { version: row.version });
  const before = await readItem(tx, edit.sku);
  await store.updateItem(tx.db, { sku: edit.sku, fields: columnsOf(edit) });
  if (edit.options !== undefined) await allowOptions(tx, { sku: edit.sku, options: edit.options });
  const after = await readItem(tx, edit.sku);
  await tx.tell(catalogEvents.itemChanged, {
    subject: edit.sku,
    data: {},
    changes: changesBetween(before, after),
  });
  return after;
}

/** Only what was given; a field left out stays as it is. */
function columnsOf(edit: ItemEdit) {
  const columns = {
    name_fr: edit.nameFr,
    name_en: edit.nameEn,
    description_fr: edit.descriptionFr,
    description_en: edit.descriptionEn,
    download_mbps: edit.downloadMbps,
    upload_mbps: edit.uploadMbps,
    olt_profile: edit.oltProfile,
    radius_profile: edit.radiusProfile,
    legacy_product_id: edit.legacyProductId,
    segment: edit.segment,
    on_sale: edit.onSale,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function changesBetween(before: Item, after: Item): Changes {
  const { version: _b, price: _p, ...was } = before;
  const is: Record<string, unknown> = after;
  return Object.fromEntries(
    Object.entries(was)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(is[name]))
      .map(([name, value]) => [name, [value, is[name]]] as const),
  );
}

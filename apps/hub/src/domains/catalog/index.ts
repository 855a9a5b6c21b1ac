export { addPriceVersion } from './add-price-version.ts';
export { createBundle } from './bundle.ts';
export { createItem, type NewItem } from './create-item.ts';
export { editItem } from './edit-item.ts';
export { importItem, type ImportedItem } from './import-item.ts';
export type { Item, ItemFrequency, ItemKind, ItemTaxTreatment, PricedItem } from './item.ts';
export { listItems, pricesOn, pricesSold, readItem } from './read-items.ts';
export { catalogRoutes } from './routes.ts';

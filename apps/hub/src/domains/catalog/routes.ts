import { catalogOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { addPriceVersion } from './add-price-version.ts';
import { addBundleVersion, createBundle } from './bundle.ts';
import { createItem } from './create-item.ts';
import { editItem } from './edit-item.ts';
import { listItems, readItemWithPrices } from './read-items.ts';

export const catalogRoutes = (): Route[] => [
  answers(op.listItems, (reading, input) => listItems(reading, input)),
  answers(op.readItem, (reading, { sku }) => readItemWithPrices(reading, sku)),
  carriesOut(op.createItem, (tx, input) => createItem(tx, input)),
  carriesOut(op.createBundle, (tx, input) => createBundle(tx, input)),
  carriesOut(op.addBundleVersion, (tx, input) => addBundleVersion(tx, input)),
  carriesOut(op.editItem, (tx, input) => editItem(tx, input)),
  carriesOut(op.addPriceVersion, (tx, input) => addPriceVersion(tx, input)),
];

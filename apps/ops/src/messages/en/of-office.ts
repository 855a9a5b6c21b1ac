import { bank } from './bank.ts';
import { billing } from './billing.ts';
import { byHand } from './by-hand.ts';
import { catalog } from './catalog.ts';
import { collections } from './collections.ts';
import { dispatch } from './dispatch.ts';
import { money } from './money.ts';
import { office } from './office.ts';
import { outgoing } from './outgoing.ts';
import { purchases } from './purchases.ts';
import { ledger, reports } from './reports.ts';
import { sales } from './sales.ts';
import { service } from './service.ts';
import { settings } from './settings.ts';
import { staff } from './staff.ts';

/** Words only the office reads: the phone in the field never fetches them. A domain adds its file and a line. */
export const messages = {
  ...office,
  ...sales,
  bank,
  billing,
  byHand,
  catalog,
  collections,
  dispatch,
  ledger,
  money,
  outgoing,
  purchases,
  reports,
  service,
  settings,
  staff,
};

import { bank } from './bank.ts';
import { billing } from './billing.ts';
import { byHand } from './by-hand.ts';
import { catalog } from './catalog.ts';
import { collections } from './collections.ts';
import { service } from './service.ts';
import { dispatch } from './dispatch.ts';
import { field } from './field.ts';
import { device, line } from './field-line.ts';
import { visit } from './field-visit.ts';
import { money } from './money.ts';
import { office } from './office.ts';
import { outgoing } from './outgoing.ts';
import { purchases } from './purchases.ts';
import { ledger, reports } from './reports.ts';
import { sales } from './sales.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { staff } from './staff.ts';

/** Every word of Ops in this language; a domain adds its file and a line. */
export const messages = {
  ...office,
  ...sales,
  ...shell,
  bank,
  billing,
  byHand,
  collections,
  catalog,
  device,
  dispatch,
  field,
  line,
  money,
  ledger,
  purchases,
  outgoing,
  reports,
  service,
  settings,
  staff,
  visit,
};

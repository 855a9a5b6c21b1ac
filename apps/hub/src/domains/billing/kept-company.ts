import type { Company } from '@gigafibre/documents';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { readSetting } from '../../platform/settings.ts';

const company = z.object({
  tradeName: z.string(),
  legalName: z.string(),
  addressLines: z.array(z.string()),
  phone: z.string(),
  email: z.string(),
  website: z.string(),
  gstNumber: z.string(),
  qstNumber: z.string(),
});

/** The company as an issued document keeps it. */
export const companyIn = (kept: unknown): Company => company.parse(kept);

const DUE_DAYS = 20;

/** Days from issue to due date, from the setting `billing.due_days`. */
export async function dueDays({ db }: Pick<Reading, 'db'>): Promise<number> {
  const set = await readSetting(db, 'billing.due_days');
  return set === undefined ? DUE_DAYS : z.int().min(0).max(120).parse(set);
}

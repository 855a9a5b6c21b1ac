import type { Company } from '@gigafibre/documents';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { readSetting } from '../../platform/settings.ts';

const company = z.object({
  tradeName: z.string().min(1),
  legalName: z.string().min(1),
  addressLines: z.array(z.string()).min(1),
  phone: z.string(),
  email: z.string(),
  website: z.string(),
  gstNumber: z.string().regex(/^\d{9} RT\d{4}$/),
  qstNumber: z.string().regex(/^\d{10} TQ\d{4}$/),
});

/** Until somebody sets `company`: a demonstration, with registration numbers that belong to nobody. */
const DEMONSTRATION: Company = Object.freeze({
  tradeName: 'Gigafibre',
  legalName: 'TARGO Internet inc.',
  addressLines: ['1867, chemin de la Rivière', 'Sainte-Clotilde (Québec)  J0L 1W0'],
  phone: '514 555-0142',
  email: 'bonjour@gigafibre.example',
  website: 'gigafibre.example',
  gstNumber: '123456782 RT0001',
  qstNumber: '1234567890 TQ0001',
});

/** The company as its documents present it, from the setting `company`. Documents keep what they were issued with. */
export async function readCompany({ db }: Pick<Reading, 'db'>): Promise<Company> {
  const set = await readSetting(db, 'company');
  return set === undefined ? DEMONSTRATION : company.parse(set);
}

/** The company as an issued document keeps it. */
export const companyIn = (kept: unknown): Company => company.parse(kept);

const DUE_DAYS = 20;

/** Days from issue to due date, from the setting `billing.due_days`. */
export async function dueDays({ db }: Pick<Reading, 'db'>): Promise<number> {
  const set = await readSetting(db, 'billing.due_days');
  return set === undefined ? DUE_DAYS : z.int().min(0).max(120).parse(set);
}

import { z } from 'zod';
import type { Db } from './db/connect.ts';
import { readSetting } from './settings.ts';

/** The company as its documents and pages present it: data that staff may change, with history (setting `company`). */
const company = z.object({
  tradeName: z.string().min(1),
  legalName: z.string().min(1),
  addressLines: z.array(z.string().min(1)).min(1).max(4),
  phone: z.string(),
  email: z.string(),
  /** Shown without scheme. */
  website: z.string(),
  /** `123456789 RT0001` */
  gstNumber: z.string(),
  /** `1234567890 TQ0001` */
  qstNumber: z.string(),
  /** Who answers for personal information (Law 25), with how to reach them. */
  privacyOfficer: z.string(),
});
export type CompanyProfile = z.infer<typeof company>;

/** Stands until somebody writes the setting; its registration numbers belong to nobody. */
const UNTIL_SET: CompanyProfile = {
  tradeName: 'Gigafibre',
  legalName: 'TARGO Internet inc.',
  addressLines: ['1867, chemin de la Rivière', 'Sainte-Clotilde (Québec)  J0L 1W0'],
  phone: '514 555-0142',
  email: 'bonjour@gigafibre.example',
  website: 'gigafibre.example',
  gstNumber: '123456782 RT0001',
  qstNumber: '1234567890 TQ0001',
  privacyOfficer: 'Responsable de la protection des renseignements personnels, vieprivee@gigafibre.example',
};

/** The company's profile; throws when the setting was written wrongly, rather than print a false document. */
export async function readCompany(db: Db): Promise<CompanyProfile> {
  const value = await readSetting(db, 'company');
  return value === undefined ? UNTIL_SET : company.parse({ ...UNTIL_SET, ...Object(value) });
}

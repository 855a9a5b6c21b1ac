import { companyProfile, Refusal, type CompanyProfile } from '@gigafibre/contract';
import type { Db } from './db/connect.ts';
import { readSetting } from './settings.ts';

export type { CompanyProfile } from '@gigafibre/contract';

/** What staff said the company is, with history. */
export const COMPANY_SETTING = 'company';

/** Stands in forms and on offers until somebody writes the setting; its registration numbers belong to nobody. */
export const EXAMPLE_COMPANY: CompanyProfile = {
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
  const value = await readSetting(db, COMPANY_SETTING);
  return value === undefined
    ? EXAMPLE_COMPANY
    : companyProfile.parse({ ...EXAMPLE_COMPANY, ...Object(value) });
}

/**
 * The same for a document with taxes on it: refused until somebody said all of who the company is, for its registration
 * numbers are on the paper (Excise Tax Act, Input Tax Credit Information Regulations).
 */
export async function companyForTaxes(db: Db): Promise<CompanyProfile> {
  const { data } = companyProfile.safeParse(await readSetting(db, COMPANY_SETTING));
  if (!data) throw new Refusal('company_not_set');
  return data;
}

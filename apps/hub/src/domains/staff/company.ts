import { companyEvents, type companyOperations, type OutputOf } from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { COMPANY_SETTING, readCompany, type CompanyProfile } from '../../platform/company.ts';
import { settingSince, writeSetting } from '../../platform/settings.ts';

/** The company as documents present it, and since when somebody says so; null while it is an example. */
export async function companySeen({
  db,
}: Pick<Reading, 'db'>): Promise<OutputOf<typeof companyOperations.readCompany>> {
  return { profile: await readCompany(db), changedAt: await settingSince(db, COMPANY_SETTING) };
}

/** Says what documents made from now on present. */
export async function changeCompany(tx: Tx, profile: CompanyProfile): Promise<CompanyProfile> {
  await writeSetting(tx, COMPANY_SETTING, profile);
  const { legalName, gstNumber, qstNumber } = profile;
  await tx.tell(companyEvents.companyChanged, {
    subject: 'company',
    data: { legalName, gstNumber, qstNumber },
  });
  return profile;
}

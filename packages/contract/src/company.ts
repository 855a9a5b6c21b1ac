import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { gstNumber, qstNumber } from './tax-numbers.ts';
import { email, instant, line } from './values.ts';

/** The company as its documents and pages present it. */
export const companyProfile = z.object({
  tradeName: line(120),
  legalName: line(120),
  addressLines: z.array(line(120)).min(1).max(4),
  phone: line(30),
  email,
  /** Shown without scheme. */
  website: line(120),
  gstNumber,
  qstNumber,
  /** Who answers for personal information (Law 25), with how to reach them. */
  privacyOfficer: line(200),
});
export type CompanyProfile = z.output<typeof companyProfile>;

/** As it was kept: its numbers are written one way already. */
const companyKept = companyProfile.extend({ gstNumber: z.string(), qstNumber: z.string() });

export const companyOperations = {
  readCompany: query({
    name: 'company.read',
    path: '/api/company',
    summary:
      'The company as its documents present it, and whether somebody said so; until then nothing is invoiced.',
    allow: 'billing.read',
    input: z.object({}),
    output: z.object({ profile: companyKept, changedAt: instant.nullable() }),
  }),
  changeCompany: command({
    name: 'company.change',
    path: '/api/company',
    summary: 'Says what documents made from now on present; those made before stay as they are.',
    allow: 'settings.system',
    input: companyProfile,
    output: companyKept,
  }),
};

export const companyEvents = {
  companyChanged: event({
    type: 'company.changed',
    subject: 'company',
    data: z.object({ legalName: z.string(), gstNumber: z.string(), qstNumber: z.string() }),
    seenWith: 'billing.read',
    stale: ['company.read'],
  }),
};

import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { email, instant, line } from './values.ts';

/** Whether nine digits of a business number bear their check digit (Luhn, as the Canada Revenue Agency computes it). */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The company as its documents and pages present it. */
export const companyProfile = z.object({
  tradeName: line(120),
  legalName: line(120),
  addressLines: z.array(line(120)).min(1).max(4),
  phone: line(30),
  email,
  /** Shown without scheme. */
  website: line(120),
  /** `123456789 RT0001` */
  gstNumber: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^\d{9} RT\d{4}$/, '123456789 RT0001')
    .refine((number) => hasCheckDigit(number.slice(0, 9)), 'check digit'),
  /** `1234567890 TQ0001` */
  qstNumber: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^\d{10} TQ\d{4}$/, '1234567890 TQ0001'),
  /** Who answers for personal information (Law 25), with how to reach them. */
  privacyOfficer: line(200),
});
export type CompanyProfile = z.output<typeof companyProfile>;

export const companyOperations = {
  readCompany: query({
    name: 'company.read',
    path: '/api/company',
    summary:
      'The company as its documents present it, and whether somebody said so; until then nothing is invoiced.',
    allow: 'billing.read',
    input: z.object({}),
    output: z.object({ profile: companyProfile, changedAt: instant.nullable() }),
  }),
  changeCompany: command({
    name: 'company.change',
    path: '/api/company',
    summary: 'Says what documents made from now on present; those made before stay as they are.',
    allow: 'settings.system',
    input: companyProfile,
    output: companyProfile,
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

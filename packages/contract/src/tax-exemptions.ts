import { z } from 'zod';
import { taxCode } from './billing.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { civilDate, ids, instant, line } from './values.ts';

/** Why a customer does not pay some taxes: who approved it, on what evidence, from when to when. */
export const taxExemption = z.object({
  id: ids.taxExemption,
  customerId: ids.customer,
  /** Only at this service address; everywhere when null. */
  locationId: ids.location.nullable(),
  taxes: z.array(taxCode),
  reason: z.string(),
  /** Registration number of the certificate, printed on the invoice. */
  certificate: z.string(),
  band: z.string().nullable(),
  /** Where the copy of the certificate is kept. */
  evidence: z.string(),
  validFrom: civilDate,
  /** Last day; null while no end is known. */
  validTo: civilDate.nullable(),
  approvedBy: z.string(),
  approvedAt: instant,
  endedBy: z.string().nullable(),
});

export const taxExemptionOperations = {
  listTaxExemptions: query({
    name: 'billing.listTaxExemptions',
    path: '/api/customers/{customerId}/tax-exemptions',
    summary: 'The tax exemptions of a customer, past and present.',
    allow: 'billing.read',
    input: z.object({ customerId: ids.customer }),
    output: z.object({ exemptions: z.array(taxExemption) }),
  }),
  grantTaxExemption: command({
    name: 'billing.grantTaxExemption',
    path: '/api/customers/{customerId}/tax-exemptions',
    summary: 'Exempts a customer from some taxes on what is issued between two days.',
    allow: 'billing.approve',
    input: z.object({
      customerId: ids.customer,
      locationId: ids.location.nullable().default(null),
      taxes: z.array(taxCode).min(1).max(3),
      reason: line(),
      certificate: line(60),
      band: line(120).nullable().default(null),
      evidence: line(),
      validFrom: civilDate,
      validTo: civilDate.nullable().default(null),
    }),
    output: taxExemption,
    refusals: ['not_found', 'dates_reversed', 'exemption_overlaps'],
  }),
  endTaxExemption: command({
    name: 'billing.endTaxExemption',
    path: '/api/tax-exemptions/{id}/end',
    summary: 'Ends an exemption after a day; what was issued keeps it.',
    allow: 'billing.approve',
    input: z.object({ id: ids.taxExemption, validTo: civilDate, reason: line() }),
    output: taxExemption,
    refusals: ['not_found', 'exemption_ended', 'dates_reversed'],
  }),
};

const stale = ['billing.listTaxExemptions', 'billing.previewInvoice', 'billing.previewFirstInvoice'];
export const taxExemptionEvents = {
  taxExemptionGranted: event({
    type: 'tax_exemption.granted',
    subject: 'tax_exemption',
    data: z.object({ taxes: z.array(taxCode), reason: z.string(), validFrom: civilDate }),
    seenWith: 'billing.read',
    stale,
  }),
  taxExemptionEnded: event({
    type: 'tax_exemption.ended',
    subject: 'tax_exemption',
    data: z.object({ validTo: civilDate, reason: z.string() }),
    seenWith: 'billing.read',
    stale,
  }),
};

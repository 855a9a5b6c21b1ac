import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { command, query } from './operation.ts';
import { addressId, serviceability } from './plant.ts';
import {
  askedLine,
  givenSignature,
  linkToken,
  offeredTerm,
  quote,
  quoteFields,
  quoteLine,
  quoteStatus,
  quoteTotals,
} from './sales-values.ts';
import {
  cents,
  civilDate,
  email,
  ids,
  instant,
  language,
  line,
  page,
  pageInput,
  phone,
  text,
} from './values.ts';

const contract = z.object({
  quoteId: ids.quote,
  signedAt: instant,
  /** False for the minute the sealed document takes to be made. */
  ready: z.boolean(),
});

const acceptanceRefusals = [
  'link_not_valid',
  'quote_expired',
  'quote_superseded',
  'quote_already_accepted',
  'quote_declined',
  'quote_altered',
] as const;
const pricingRefusals = [
  'not_found',
  'item_not_sold',
  'option_not_allowed',
  'price_changed',
  'frequency_not_quoted',
  'too_many_lines',
  'one_plan_each',
  'term_needs_service',
  'rebate_above_goods',
] as const;
const writingRefusals = [
  ...pricingRefusals,
  'quote_needs_customer',
  'address_needed',
  'phone_not_valid',
  'date_in_the_past',
  'approval_needed',
] as const;

export const salesOperations = {
  previewQuote: query({
    name: 'sales.previewQuote',
    method: 'POST',
    path: '/api/quotes/preview',
    summary: 'What the lines would cost, to the cent, without keeping anything.',
    allow: 'sales.read',
    input: z.object({
      quoteId: ids.quote.optional(),
      lines: z.array(askedLine).max(40),
      term: offeredTerm.nullable().default(null),
      /** Where it is rendered: its taxes apply; those of home when absent. */
      addressId: addressId.nullable().default(null),
      locationId: ids.location.nullable().default(null),
      postalCode: line(10).nullable().default(null),
    }),
    output: z.object({ lines: z.array(quoteLine), totals: quoteTotals }),
    refusals: pricingRefusals,
  }),
  createQuote: command({
    name: 'sales.createQuote',
    path: '/api/quotes',
    summary: 'Makes a quote with locked prices.',
    allow: 'sales.write',
    input: z.object(quoteFields),
    output: quote,
    refusals: writingRefusals,
  }),
  reviseQuote: command({
    name: 'sales.reviseQuote',
    path: '/api/quotes/{id}/revise',
    summary: 'Makes a new version; links to earlier versions stop working.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote, version: z.int().min(1), ...quoteFields }),
    output: quote,
    refusals: [...writingRefusals, 'changed_meanwhile', 'not_in_this_state'],
  }),
  listQuotes: query({
    name: 'sales.listQuotes',
    path: '/api/quotes',
    summary: 'Quotes, newest first.',
    allow: 'sales.read',
    input: z.object({
      ...pageInput,
      status: quoteStatus.optional(),
      customerId: ids.customer.optional(),
      search: z.string().trim().max(120).optional(),
    }),
    output: page(
      z.object({
        id: ids.quote,
        status: quoteStatus,
        version: z.int(),
        customerId: ids.customer.nullable(),
        name: z.string(),
        address: z.string(),
        monthTotalCents: cents,
        todayTotalCents: cents,
        validUntil: civilDate,
        createdAt: instant,
      }),
    ),
  }),
  readQuote: query({
    name: 'sales.readQuote',
    path: '/api/quotes/{id}',
    summary: 'One quote in its latest version, or in the version asked for.',
    allow: 'sales.read',
    input: z.object({ id: ids.quote, version: z.coerce.number().int().min(1).max(10_000).optional() }),
    output: quote,
    refusals: ['not_found'],
  }),
  readQuotePdf: query({
    name: 'sales.readQuotePdf',
    path: '/api/quotes/{id}/pdf',
    summary: 'The quote as a PDF, with a code that opens its signing page.',
    allow: 'sales.read',
    input: z.object({ id: ids.quote, language: language.optional() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  sendQuote: command({
    name: 'sales.sendQuote',
    path: '/api/quotes/{id}/send',
    summary: 'Sends the signing link by e-mail, SMS, or both.',
    allow: 'sales.write',
    input: z.object({
      id: ids.quote,
      version: z.int().min(1),
      channels: z
        .array(z.enum(['email', 'sms']))
        .min(1)
        .max(2)
        .optional(),
    }),
    output: quote,
    refusals: ['not_found', 'changed_meanwhile', 'not_in_this_state', 'quote_expired', 'no_way_to_reach'],
  }),
  declineQuote: command({
    name: 'sales.declineQuote',
    path: '/api/quotes/{id}/decline',
    summary: 'Closes a quote the customer does not want.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote, reason: text(500).default('') }),
    output: quote,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  expireQuote: command({
    name: 'sales.expireQuote',
    path: '/api/quotes/{id}/expire',
    summary: 'Ends the validity of a quote before its day.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote }),
    output: quote,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  readQuoteLink: query({
    name: 'sales.readQuoteLink',
    path: '/api/quotes/{id}/link',
    summary: 'The address of the signing page, to read out or to open on a tablet.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote }),
    output: z.object({ url: z.string() }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  requestAcceptanceCode: command({
    name: 'sales.requestAcceptanceCode',
    path: '/accept/{token}/code',
    summary: 'Sends a one-time code to the phone or e-mail written on the quote.',
    allow: 'public',
    input: z.object({ token: linkToken, channel: z.enum(['sms', 'email']).optional() }),
    output: z.object({ channel: z.enum(['sms', 'email']), hint: z.string(), goodForMinutes: z.int() }),
    refusals: [...acceptanceRefusals, 'no_way_to_reach', 'too_many_requests'],
  }),
  signAcceptance: command({
    name: 'sales.signAcceptance',
    path: '/accept/{token}/sign',
    summary: 'Signs the contract with a one-time code; makes the order.',
    allow: 'public',
    input: z.object({
      token: linkToken,
      name: line(160),
      language,
      signature: givenSignature,
      consents: z.object({
        /** Read the summary and the contract, and agree. */
        contract: z.literal(true),
        /** Agrees to receive the contract and invoices electronically. */
        electronic: z.literal(true),
        /** Wants offers by e-mail or SMS; never ticked beforehand. */
        marketing: z.boolean().default(false),
      }),
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/, 'six digits'),
    }),
    output: z.object({ quoteId: ids.quote, acceptedAt: instant, resultUrl: z.string() }),
    refusals: [
      ...acceptanceRefusals,
      'code_not_valid',
      'code_attempts_spent',
      'french_first',
      'too_many_requests',
    ],
    bodyBytesMax: 1024 * 1024,
  }),
  readAcceptanceContract: query({
    name: 'sales.readAcceptanceContract',
    path: '/accept/{token}/contract.pdf',
    summary: 'The contract as it stands to be signed, or the sealed one once it is.',
    allow: 'public',
    input: z.object({ token: linkToken, language: language.default('fr') }),
    output: fileAnswer,
    refusals: acceptanceRefusals,
  }),
  confirmAcceptance: command({
    name: 'sales.confirmAcceptance',
    path: '/accept/confirm',
    summary: 'Records an acceptance given in person, on paper or by another signing system.',
    allow: 'sales.write',
    input: z.object({
      quoteId: ids.quote,
      version: z.int().min(1),
      name: line(160),
      means: z.enum(['in_person', 'paper', 'phone', 'docuseal']),
      note: text(1_000).default(''),
      signature: givenSignature.optional(),
    }),
    output: quote,
    refusals: [
      'not_found',
      'changed_meanwhile',
      'quote_expired',
      'quote_already_accepted',
      'quote_declined',
      'quote_superseded',
    ],
    bodyBytesMax: 1024 * 1024,
  }),
  readContractPdf: query({
    name: 'sales.readContractPdf',
    path: '/api/quotes/{id}/contract',
    summary: 'The sealed contract with its evidence page.',
    allow: 'sales.read',
    input: z.object({ id: ids.quote }),
    output: fileAnswer,
    refusals: ['not_found', 'contract_not_ready'],
  }),
  listMyContracts: query({
    name: 'sales.listMyContracts',
    path: '/api/me/contracts',
    summary: 'The contracts of the customer who asks.',
    allow: 'portal.self',
    input: z.object({ ...pageInput }),
    output: page(contract),
  }),
  readMyContractPdf: query({
    name: 'sales.readMyContractPdf',
    path: '/api/me/contracts/{id}/pdf',
    summary: 'One sealed contract of the customer who asks.',
    allow: 'portal.self',
    input: z.object({ id: ids.quote }),
    output: fileAnswer,
    refusals: ['not_found', 'contract_not_ready'],
  }),
  createLead: command({
    name: 'sales.createLead',
    path: '/api/leads',
    summary: 'Somebody wants fibre where there is none yet.',
    allow: 'public',
    input: z.object({
      addressId: addressId.nullable().default(null),
      address: line(200).nullable().default(null),
      name: line(160),
      emailId: email.nullable().default(null),
      cellPhone: phone.nullable().default(null),
      language: language.default('fr'),
      note: text(1_000).default(''),
    }),
    output: z.object({ received: z.literal(true) }),
    refusals: ['not_found', 'address_needed', 'no_way_to_reach', 'phone_not_valid', 'too_many_requests'],
  }),
  listLeads: query({
    name: 'sales.listLeads',
    path: '/api/leads',
    summary: 'People waiting for fibre, newest first.',
    allow: 'sales.read',
    input: z.object({ ...pageInput }),
    output: page(
      z.object({
        id: z.string(),
        name: z.string(),
        emailId: z.string().nullable(),
        cellPhone: z.string().nullable(),
        language,
        addressId: addressId.nullable(),
        address: z.string(),
        serviceability,
        note: z.string(),
        createdAt: instant,
      }),
    ),
  }),
};

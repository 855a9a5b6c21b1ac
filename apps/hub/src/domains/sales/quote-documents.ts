import { addDays, addMonths, civilDateOf } from '@gigafibre/calendar';
import {
  CONTRACT_TERMS,
  contractPdf,
  quotePdf,
  type ContractValues,
  type Party,
  type QuoteSection,
  type QuoteValues,
} from '@gigafibre/documents';
import { taxesFor } from '@gigafibre/money';
import { createHash } from 'node:crypto';
import type { CompanyProfile } from '../../platform/company.ts';
import { bothRates } from '../billing/index.ts';
import type { Offer, OfferLine } from './quote.ts';

type Language = Offer['language'];

/** A document with its fingerprint. */
export type Printed = Readonly<{ bytes: Uint8Array; sha256: string }>;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The quote as a PDF, with the code that opens its signing page. */
export const printQuote = (
  offer: Offer,
  { company, signingUrl, language }: { company: CompanyProfile; signingUrl: string; language: Language },
): Promise<Uint8Array> => quotePdf(quoteValues(offer, { company, signingUrl, language }), language);

/** The contract as it stands to be signed: the same bytes each time, so that its fingerprint identifies it. */
export async function printContract(values: ContractValues, language: Language): Promise<Printed> {
  const bytes = await contractPdf(values, language);
  return { bytes, sha256: sha256Of(bytes) };
}

function quoteValues(
  offer: Offer,
  { company, signingUrl, language }: { company: CompanyProfile; signingUrl: string; language: Language },
): QuoteValues {
  return {
    company,
    number: offer.quoteId,
    version: offer.version,
    issuedOn: offer.pricedOn,
    validUntil: offer.validUntil,
    createdAt: new Date(offer.createdAt),
    customer: partyOf(offer),
    serviceAddressLines: addressLinesOf(offer),
    ...sectionsOf(offer, language),
    signingUrl,
    preparedBy: offer.createdBy ?? undefined,
    notes: offer.notes === '' ? undefined : [offer.notes],
  };
}

/**
 * Everything the contract of an offer says, in one language. Free to end at any time, but for what is left of a rebate
 * on goods given for a term (CPA s. 214.7).
 */
export function contractValuesOf(
  offer: Offer,
  { company, language }: { company: CompanyProfile; language: Language },
): ContractValues {
  const sections = sectionsOf(offer, language);
  const madeOn = civilDateOf(new Date(offer.createdAt));
  const startsOn = offer.slot?.date ?? addDays(madeOn, CONTRACT_TERMS.activationDelayDays);
  const internet = offer.lines.find(({ downloadMbps }) => downloadMbps !== null);
  return {
    company,
    privacyOfficer: company.privacyOfficer,
    number: contractNumber(offer.quoteId),
    quoteNumber: offer.quoteId,
    terms: CONTRACT_TERMS,
    madeOn,
    createdAt: new Date(offer.createdAt),
    customer: partyOf(offer),
    serviceAddressLines: addressLinesOf(offer),
    ...sections,
    promotions: [],
    regularMonthly: sections.recurring,
    ...(internet?.downloadMbps
      ? { speed: { downMbps: internet.downloadMbps, upMbps: internet.uploadMbps ?? internet.downloadMbps } }
      : {}),
    equipment: equipmentOf(offer, language),
    startsOn,
    ...termOf(offer, startsOn),
    ...(offer.interestPercent === null ? {} : { interest: bothRates(offer.interestPercent) }),
    includesTelephone: offer.lines.some(({ kind }) => kind === 'phone'),
  };
}

/** The fixed term and what leaving early costs; the price for the whole term is what is paid over it, taxes included. */
function termOf(
  { term, totals }: Offer,
  startsOn: string,
): Pick<ContractValues, 'fixedTerm' | 'cancellation'> {
  if (term === null) return { cancellation: { is: 'free' } };
  const { months, goodsRebateCents } = term;
  return {
    fixedTerm: {
      months,
      endsOn: addDays(addMonths(startsOn, months), -1),
      totalCents: totals.month.totalCents * BigInt(months) + totals.today.totalCents,
    },
    cancellation: goodsRebateCents > 0n ? { is: 'rebate', rebateCents: goodsRebateCents } : { is: 'free' },
  };
}

/** `QTN-10042` signed is `CTR-10042`. */
export const contractNumber = (quoteId: string): string => quoteId.replace(/^QTN/, 'CTR');

function sectionsOf(offer: Offer, language: Language): { recurring: QuoteSection; oneTime: QuoteSection } {
  const section = (frequency: OfferLine['frequency']): QuoteSection => {
    const lines = offer.lines.filter((line) => line.frequency === frequency);
    // The rates stand on the document beside the amounts, so the taxes are taken from their source again.
    const { subtotalCents, taxes, totalCents } = taxesFor({
      province: offer.province,
      on: offer.pricedOn,
      rates: offer.rates,
      lines: lines.map(({ amountCents, taxTreatment }) => ({ amountCents, treatment: taxTreatment })),
    });
    return {
      lines: lines.map((line) => ({
        description: language === 'fr' ? line.nameFr : line.nameEn,
        detail: detailOf(line, language),
        quantity: line.quantity,
        unitPriceCents: line.unitCents,
        amountCents: line.amountCents,
      })),
      subtotalCents,
      taxes,
      totalCents,
    };
  };
  return { recurring: section('monthly'), oneTime: section('one_time') };
}

function detailOf({ downloadMbps, uploadMbps }: OfferLine, language: Language): string | undefined {
  if (downloadMbps === null || uploadMbps === null) return undefined;
  return language === 'fr'
    ? `${downloadMbps} Mbit/s en téléchargement, ${uploadMbps} Mbit/s en téléversement`
    : `${downloadMbps} Mbps down, ${uploadMbps} Mbps up`;
}

function partyOf({ contact, address, customerId }: Offer): Party {
  return {
    name: contact.name,
    addressLines: splitAddress(address),
    phone: contact.cellPhone ?? undefined,
    email: contact.emailId ?? undefined,
    accountNumber: customerId ?? undefined,
  };
}

const addressLinesOf = ({ address }: Offer): string[] => splitAddress(address);

/** `1020, rue Principale, Napierville (Québec)  J0J 1L0` on two lines: what precedes the town, and the town. */
function splitAddress(address: string): string[] {
  const before = address.lastIndexOf(', ');
  return before < 0 ? [address] : [address.slice(0, before), address.slice(before + 2)];
}

const ONT = { fr: 'Terminal optique (ONT)', en: 'Optical terminal (ONT)' } as const;

/** An ONT is lent with any fibre service; rented and sold equipment as quoted. */
function equipmentOf(offer: Offer, language: Language): ContractValues['equipment'] {
  const onFibre = offer.lines.some(({ kind }) => kind === 'internet');
  const devices = offer.lines.filter(({ kind, amountCents }) => kind === 'equipment' && amountCents >= 0n);
  return [
    ...(onFibre ? [{ description: ONT[language], mode: 'lent' as const }] : []),
    ...devices.map((line) => ({
      description: language === 'fr' ? line.nameFr : line.nameEn,
      mode: line.frequency === 'monthly' ? ('rented' as const) : ('sold' as const),
    })),
  ];
}

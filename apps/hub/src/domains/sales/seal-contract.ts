import { salesEvents } from '@gigafibre/contract';
import {
  contractPdf,
  createSealingIdentity,
  sealPdf,
  type Evidence,
  type SealingIdentity,
  type Signature,
} from '@gigafibre/documents';
import { z } from 'zod';
import type { Env } from '../../env.ts';
import { SYSTEM, type Reading } from '../../platform/acting.ts';
import { keptSecret } from '../../platform/auth/kept-secret.ts';
import { hashOf, secretToken } from '../../platform/chance.ts';
import { readCompany, type CompanyProfile } from '../../platform/company.ts';
import type { Db } from '../../platform/db/connect.ts';
import { transact } from '../../platform/transact.ts';
import type { GivenSignature } from './accept-quote.ts';
import * as acceptances from './acceptance-store.ts';
import { tickedConsents } from './consents.ts';
import { EVIDENCE_WORDS, MEANS_WORDS, PAD } from './evidence-words.ts';
import { contractValuesOf, sha256Of } from './quote-documents.ts';
import type { Offer } from './quote.ts';
import { readOffer } from './read-quotes.ts';
import { choiceOf } from './sign-acceptance.ts';
import { writeStep, type QuoteStep } from './steps.ts';
import * as store from './store.ts';

/**
 * Makes the sealed contract of an accepted quote and keeps it; a second run finds it kept and does nothing.
 * Runs outside a transaction, since making a document takes the better part of a second.
 */
export async function sealContract(env: Env, { quoteId }: { quoteId: string }): Promise<void> {
  const { db } = env;
  const accepted = await acceptances.acceptanceOf(db, quoteId);
  if (!accepted) throw new Error(`${quoteId} has no acceptance to seal`);
  if (await acceptances.isContractReady(db, quoteId)) return;
  const company = await readCompany(db);
  const offer = await readOffer({ db }, { id: quoteId, version: accepted.version });
  const language = accepted.language === 'en' ? 'en' : 'fr';
  const unsealed = await contractPdf(
    {
      ...contractValuesOf(offer, { company, language }),
      createdAt: new Date(accepted.accepted_at),
      languageChoice: choiceOf({
        frenchPresentedAt: accepted.french_presented_at,
        englishChosenAt: accepted.english_chosen_at,
      }),
      signed: {
        signature: signatureOf(accepted, language),
        evidence: await evidenceOf({ db }, { accepted, offer, language }),
      },
    },
    language,
  );
  const pdf = await seal(env, unsealed, { at: new Date(accepted.accepted_at), language, company });
  await keep(env, { quoteId, language, pdf, accepted });
}

async function seal(
  { db, clock }: Pick<Env, 'db' | 'clock'>,
  bytes: Uint8Array,
  { at, language, company }: { at: Date; language: 'fr' | 'en'; company: CompanyProfile },
): Promise<Uint8Array> {
  const identity = await sealingIdentity(db, { company, now: clock.now() });
  return sealPdf(bytes, { ...identity, reason: EVIDENCE_WORDS.reason[language], at });
}

const kept = z.object({ certificate: z.string(), key: z.string() });
/** Good for a while before it was made: documents of the day it is made carry an earlier minute. */
const BACKDATED_MS = 24 * 3_600_000;

/** The company's key for sealing, made at first use. */
async function sealingIdentity(
  db: Db,
  { company, now }: { company: CompanyProfile; now: Date },
): Promise<SealingIdentity> {
  const text = await keptSecret(db, 'sealing-identity', async () =>
    JSON.stringify(
      await createSealingIdentity({
        commonName: `${company.tradeName} – documents`,
        organization: company.legalName,
        notBefore: new Date(now.getTime() - BACKDATED_MS),
        serial: hashOf(secretToken()).slice(0, 32),
      }),
    ),
  );
  return kept.parse(JSON.parse(text));
}

type Keeping = Readonly<{
  quoteId: string;
  language: 'fr' | 'en';
  pdf: Uint8Array;
  accepted: acceptances.AcceptanceRow;
}>;

async function keep(env: Env, { quoteId, language, pdf, accepted }: Keeping): Promise<void> {
  const sha256 = sha256Of(pdf);
  await transact(env.ground, { by: SYSTEM }, async (tx) => {
    const row = { quote_id: quoteId, sealed_at: tx.now, language, sha256, pdf: Buffer.from(pdf) };
    if (!(await acceptances.insertContract(tx.db, row))) return;
    await writeStep(tx, { quoteId, version: accepted.version, step: 'sealed', detail: sha256 });
    await tx.tell(salesEvents.contractSealed, {
      subject: quoteId,
      customerId: accepted.customer_id,
      data: { sha256 },
    });
  });
}

function signatureOf(accepted: acceptances.AcceptanceRow, language: 'fr' | 'en'): Signature {
  const given = accepted.signature as GivenSignature | null; // written from this type by acceptQuote
  return {
    name: accepted.signer_name,
    mark:
      given?.kind === 'drawn'
        ? {
            is: 'strokes',
            ...PAD,
            strokes: given.strokes.map((stroke) => stroke.map(([x, y]) => ({ x, y }))),
          }
        : { is: 'typed' },
    signedAt: new Date(accepted.accepted_at),
    consents: tickedConsents(Object(accepted.consents), language),
  };
}

type Proving = Readonly<{ accepted: acceptances.AcceptanceRow; offer: Offer; language: 'fr' | 'en' }>;

async function evidenceOf(
  { db }: Pick<Reading, 'db'>,
  { accepted, offer, language }: Proving,
): Promise<Evidence> {
  const code = accepted.code_id === null ? undefined : await acceptances.codeById(db, accepted.code_id);
  const steps = await store.stepsOf(db, { id: offer.quoteId, version: offer.version });
  const means = MEANS_WORDS[accepted.means]?.[language];
  return {
    signerName: accepted.signer_name,
    signerEmail: offer.contact.emailId ?? undefined,
    signerPhone: offer.contact.cellPhone ?? undefined,
    signedAt: new Date(accepted.accepted_at),
    ipAddress: accepted.ip_address ?? '',
    device: accepted.device ?? '',
    documentSha256: accepted.document_sha256,
    ...(code ? { oneTimeCode: codeOf(code) } : {}),
    ...(means === undefined ? {} : { recordedBy: `${accepted.accepted_by} (${means})` }),
    events: steps.map((step) => ({
      at: new Date(step.at),
      what: EVIDENCE_WORDS.steps[step.step as QuoteStep][language], // check constraint
      ipAddress: step.ip_address ?? undefined,
    })),
  };
}

const codeOf = (code: acceptances.CodeRow): NonNullable<Evidence['oneTimeCode']> => ({
  channel: code.channel === 'sms' ? 'sms' : 'email',
  maskedDestination: code.masked_destination,
  sentAt: new Date(code.sent_at),
  verifiedAt: new Date(code.used_at ?? code.sent_at),
});

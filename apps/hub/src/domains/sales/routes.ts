import { salesOperations as op } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import type { Reading } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import { answers, arranges, carriesOut, type Route } from '../../platform/http/route.ts';
import { requestAcceptanceCode } from './acceptance-code.ts';
import { declineQuote, expireQuote } from './close-quote.ts';
import { confirmAcceptance } from './confirm-acceptance.ts';
import { createLead, listLeads } from './leads.ts';
import { previewQuote } from './preview-quote.ts';
import { contractNumber, printQuote } from './quote-documents.ts';
import { quoteUrl } from './quote-link.ts';
import { requireAct } from './quote.ts';
import { listMyContracts, readContractPdf, readMyContractPdf } from './read-contracts.ts';
import { listQuotes, readOffer, readQuote } from './read-quotes.ts';
import { sendQuote } from './send-quote.ts';
import { contractBehindLink, signAcceptance } from './sign-acceptance.ts';
import { createQuote, reviseQuote } from './write-quote.ts';

export const salesRoutes = (env: Env): Route[] => [...quoteRoutes(env), ...acceptanceRoutes(env)];

const quoteRoutes = (env: Env): Route[] => [
  answers(op.previewQuote, (reading, input) => previewQuote(reading, input)),
  carriesOut(op.createQuote, (tx, input) => createQuote(tx, input)),
  carriesOut(op.reviseQuote, (tx, input) => reviseQuote(tx, input)),
  answers(op.listQuotes, (reading, input) => listQuotes(reading, input)),
  answers(op.readQuote, (reading, input) => readQuote(reading, input)),
  answers(op.readQuotePdf, (reading, input) => quotePdf(env, reading, input)),
  carriesOut(op.sendQuote, (tx, input) => sendQuote(tx, input)),
  carriesOut(op.declineQuote, (tx, input) => declineQuote(tx, input)),
  carriesOut(op.expireQuote, (tx, input) => expireQuote(tx, input)),
  answers(op.readQuoteLink, async (reading, { id }) => {
    const { status, version } = await readQuote(reading, { id });
    requireAct('accept', status);
    return { url: await quoteUrl(env, await readOffer(reading, { id, version })) };
  }),
  carriesOut(op.createLead, (tx, input, { address }) => createLead(tx, input, { address })),
  answers(op.listLeads, (reading, input) => listLeads(reading, input)),
];

const acceptanceRoutes = (env: Env): Route[] => [
  carriesOut(op.requestAcceptanceCode, (tx, input, visit) =>
    requestAcceptanceCode(tx, env, { ...input, whence: visit }),
  ),
  arranges(op.signAcceptance, async (acting, signing, visit) => {
    const { quoteId, acceptedAt } = await signAcceptance(acting, env, { signing, whence: visit });
    const resultUrl = `/accept/${signing.token}?lang=${signing.language}`;
    return { quoteId, acceptedAt: acceptedAt.toISOString(), resultUrl };
  }),
  answers(op.readAcceptanceContract, async (reading, { token, language }) => {
    const { offer, printed } = await contractBehindLink(reading, { env, token, language });
    return pdf(contractNumber(offer.quoteId), printed.bytes);
  }),
  arranges(op.confirmAcceptance, (acting, confirmation, visit) =>
    confirmAcceptance(acting, { confirmation, whence: visit }),
  ),
  answers(op.readContractPdf, (reading, input) => readContractPdf(reading, input)),
  answers(op.listMyContracts, (reading, input) => listMyContracts(reading, input)),
  answers(op.readMyContractPdf, (reading, input) => readMyContractPdf(reading, input)),
];

async function quotePdf(
  env: Env,
  reading: Reading,
  { id, language }: { id: string; language?: 'fr' | 'en' | undefined },
) {
  const { version } = await readQuote(reading, { id });
  const offer = await readOffer(reading, { id, version });
  const bytes = await printQuote(offer, {
    company: await readCompany(reading.db),
    signingUrl: await quoteUrl(env, offer),
    language: language ?? offer.language,
  });
  return pdf(id, bytes);
}

const pdf = (name: string, bytes: Uint8Array) => ({
  type: 'application/pdf' as const,
  name: `${name}.pdf`,
  bytes: new Uint8Array(bytes),
});

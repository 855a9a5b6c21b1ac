import { formatExactInstant } from '../format-date.ts';
import { wordsIn, type Language, type Words } from '../language.ts';
import { SIZE } from '../look.ts';
import type { Sheet } from '../sheet/open-sheet.ts';
import { drawTable, type Row } from '../sheet/table.ts';
import { heading, paragraph } from '../sheet/text.ts';

/** A step of the signing, as recorded when it happened. */
export type EvidenceEvent = {
  readonly at: Date;
  readonly what: string;
  readonly ipAddress?: string | undefined;
};

/** What proves a signature: who, when, from where, with what, on which document. */
export type Evidence = {
  readonly signerName: string;
  readonly signerEmail?: string | undefined;
  readonly signerPhone?: string | undefined;
  readonly signedAt: Date;
  readonly ipAddress: string;
  /** The browser's own description of itself, or better words for it. */
  readonly device: string;
  /** SHA-256 of the unsigned document, 64 lower-case hexadecimal digits. */
  readonly documentSha256: string;
  /** The one-time code: where it went (masked: « ••• ••• 0187 »), when it was sent and typed back. */
  readonly oneTimeCode?:
    | {
        readonly channel: 'sms' | 'email';
        readonly maskedDestination: string;
        readonly sentAt: Date;
        readonly verifiedAt: Date;
      }
    | undefined;
  /** Who of the company recorded it, and how, when it was given in person, on paper or by telephone. */
  readonly recordedBy?: string | undefined;
  readonly events: readonly EvidenceEvent[];
};

/** Steps printed at most; a signing has about ten. */
export const EVIDENCE_EVENT_LIMIT = 200;

const EVIDENCE_WORDS = {
  title: { fr: 'Page de preuve', en: 'Evidence page' },
  intro: {
    fr: 'Cette page fait partie du document. Elle a été produite au moment de la signature, et le tout est scellé par une signature numérique : un seul octet changé la rend invalide.',
    en: 'This page is part of the document. It was made at the moment of signing, and the whole is sealed by a digital signature: a single byte changed makes it invalid.',
  },
  signer: { fr: 'Signataire', en: 'Signer' },
  signedAt: { fr: 'Signé le', en: 'Signed at' },
  ipAddress: { fr: 'Adresse IP', en: 'IP address' },
  device: { fr: 'Appareil', en: 'Device' },
  sha256: { fr: 'Empreinte SHA-256 du document non signé', en: 'SHA-256 of the unsigned document' },
  code: { fr: 'Code à usage unique', en: 'One-time code' },
  recordedBy: { fr: 'Consigné par', en: 'Recorded by' },
  sms: { fr: 'texto', en: 'text message' },
  email: { fr: 'courriel', en: 'e-mail' },
  sent: { fr: 'envoyé le', en: 'sent at' },
  verified: { fr: 'vérifié le', en: 'verified at' },
  log: { fr: 'Déroulement', en: 'Event log' },
  when: { fr: 'Moment', en: 'When' },
  what: { fr: 'Événement', en: 'Event' },
} as const satisfies Words<string>;

const SHA256 = /^[0-9a-f]{64}$/;

/** Draws the evidence on a page of its own. Throws when the fingerprint is not one. */
export function evidencePage(sheet: Sheet, evidence: Evidence, language: Language): void {
  if (!SHA256.test(evidence.documentSha256))
    throw new RangeError('documentSha256 must be 64 lower-case hexadecimal digits');
  const words = wordsIn(EVIDENCE_WORDS, language);
  sheet.doc.addPage();
  heading(sheet, words.title);
  paragraph(sheet, words.intro, { after: 10 });
  drawTable(sheet, {
    bare: true,
    summary: words.title,
    size: SIZE.small + 0.5,
    columns: [
      { heading: '', width: 150 },
      { heading: '', width: 354 },
    ],
    rows: facts(evidence, words),
  });
  sheet.doc.y += 12;
  heading(sheet, words.log);
  drawTable(sheet, {
    summary: words.log,
    size: SIZE.small,
    columns: [
      { heading: words.when, width: 150 },
      { heading: words.what, width: 254 },
      { heading: words.ipAddress, width: 100 },
    ],
    rows: evidence.events.slice(0, EVIDENCE_EVENT_LIMIT).map((event) => ({
      cells: [formatExactInstant(event.at), event.what, event.ipAddress ?? ''],
    })),
  });
}

function facts(
  evidence: Evidence,
  words: Readonly<Record<keyof typeof EVIDENCE_WORDS, string>>,
): readonly Row[] {
  const who = [evidence.signerName, evidence.signerEmail, evidence.signerPhone].filter(
    (part) => part !== undefined,
  );
  const fact = (name: string, value: string): Row => ({ cells: [{ text: name, strong: true }, value] });
  return [
    fact(words.signer, who.join('\n')),
    fact(words.signedAt, formatExactInstant(evidence.signedAt)),
    fact(words.ipAddress, evidence.ipAddress),
    fact(words.device, evidence.device),
    ...codeFacts(evidence, words).map((text) => fact(words.code, text)),
    ...(evidence.recordedBy === undefined ? [] : [fact(words.recordedBy, evidence.recordedBy)]),
    fact(words.sha256, evidence.documentSha256.replaceAll(/(.{16})(?=.)/g, '$1 ')),
  ];
}

function codeFacts(
  { oneTimeCode: code }: Evidence,
  words: Readonly<Record<keyof typeof EVIDENCE_WORDS, string>>,
): readonly string[] {
  if (code === undefined) return [];
  const lines = [
    `${words[code.channel]}, ${code.maskedDestination}`,
    `${words.sent} ${formatExactInstant(code.sentAt)}`,
    `${words.verified} ${formatExactInstant(code.verifiedAt)}`,
  ];
  return [lines.join('\n')];
}

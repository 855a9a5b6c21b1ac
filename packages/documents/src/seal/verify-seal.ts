import type { X509Certificate } from 'node:crypto';
import { readCms } from './cms.ts';

/** Why a seal does not hold. */
export type SealDefect = 'not_sealed' | 'not_whole' | 'altered' | 'other_certificate';

/**
 * What a seal says. `valid` means all of it: the signature is true, nothing of the document changed or was added,
 * and, when a certificate was given to compare, the seal was made with that one. The certificate signs itself, so
 * without comparing it (or `fingerprint256`) a valid seal only proves that nothing changed since sealing.
 */
export type SealVerdict = {
  readonly valid: boolean;
  readonly coversWholeDocument: boolean;
  readonly defect?: SealDefect;
  /** Common name of the certificate, when the signature could be read. */
  readonly signer?: string;
  readonly signedAt?: Date;
  /** SHA-256 of the certificate, `AA:BB:…`. */
  readonly fingerprint256?: string;
};

/** `[0 before after rest]`: the bytes that are signed lie around the signature itself. */
const BYTE_RANGE = /\/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]/g;

/** Verifies the seal of a document. Never throws: any bytes get a verdict. `certificate` is PEM. */
export function verifySeal(bytes: Uint8Array, expected?: { readonly certificate: string }): SealVerdict {
  const text = Buffer.from(bytes).toString('latin1');
  const range = [...text.matchAll(BYTE_RANGE)].at(-1);
  if (range === undefined) return { valid: false, coversWholeDocument: false, defect: 'not_sealed' };
  const [start, end, rest] = [Number(range[1]), Number(range[2]), Number(range[3])];
  const inside = start > 0 && start < end && end <= bytes.length;
  const coversWholeDocument = inside && end + rest === bytes.length;
  if (!coversWholeDocument) return { valid: false, coversWholeDocument, defect: 'not_whole' };
  const der = signatureBytes(text.slice(start, end));
  const content = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  const signature = der === undefined ? undefined : readCms(der, content);
  if (signature === undefined) return { valid: false, coversWholeDocument, defect: 'altered' };
  const { certificate, signedAt } = signature;
  const known = {
    coversWholeDocument,
    signer: commonName(certificate),
    signedAt,
    fingerprint256: certificate.fingerprint256,
  };
  const isOther =
    expected !== undefined && pemBody(expected.certificate) !== certificate.raw.toString('base64');
  return isOther ? { valid: false, defect: 'other_certificate', ...known } : { valid: true, ...known };
}

/** The signature between `<` and `>`: lower-case digits, its own length, then nothing but zeros. */
function signatureBytes(gap: string): Uint8Array | undefined {
  if (!/^<[0-9a-f]+>$/.test(gap)) return undefined;
  const padded = Buffer.from(gap.slice(1, -1), 'hex');
  // DER says its length in the second to fourth bytes: 30 82 hi lo.
  if (padded.length < 4 || padded[0] !== 0x30 || padded[1] !== 0x82) return undefined;
  const length = 4 + padded.readUInt16BE(2);
  const padding = padded.subarray(length);
  if (length > padded.length || padding.some((byte) => byte !== 0)) return undefined;
  return padded.subarray(0, length);
}

function commonName(certificate: X509Certificate): string {
  return /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
}

function pemBody(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, '');
}

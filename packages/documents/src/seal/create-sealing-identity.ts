import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A certificate and its private key, both PEM. The key is a secret: stored encrypted, never logged. */
export type SealingIdentity = { readonly certificate: string; readonly key: string };

/** What the certificate says. The serial number is 1 to 40 hexadecimal digits, never used twice by one issuer. */
export type SealingIdentityOptions = {
  readonly commonName: string;
  readonly organization?: string | undefined;
  readonly notBefore: Date;
  readonly serial: string;
};

/** Years a certificate lasts: seals made within them stay verifiable afterwards. */
export const SEALING_YEARS = 10;

const KEY_BITS = 2048;
const SERIAL = /^[0-9a-fA-F]{1,40}$/;
const generate = promisify(generateKeyPair);

/**
 * A new RSA key with a certificate signed by itself, for sealing documents and nothing else. The key comes from
 * the operating system's own randomness: the one chance in this package that is not passed in.
 */
export async function createSealingIdentity(options: SealingIdentityOptions): Promise<SealingIdentity> {
  if (!SERIAL.test(options.serial)) throw new RangeError('serial must be 1 to 40 hexadecimal digits');
  const pair = await generate('rsa', { modulusLength: KEY_BITS });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = positiveInteger(options.serial);
  certificate.validity.notBefore = options.notBefore;
  certificate.validity.notAfter = yearsAfter(options.notBefore, SEALING_YEARS);
  const names = [name('2.5.4.3', options.commonName)];
  if (options.organization !== undefined) names.push(name('2.5.4.10', options.organization));
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key };
}

/** Whole bytes, as few as DER wants (X.690 § 8.3.2): a zero in front only where the number would read as negative. */
function positiveInteger(hexadecimal: string): string {
  const digits = hexadecimal.replace(/^0+(?=.)/, '');
  const bytes = digits.padStart(digits.length + (digits.length % 2), '0');
  return /^[89a-f]/i.test(bytes) ? `00${bytes}` : bytes;
}

function name(type: string, value: string): forge.pki.CertificateField {
  // The library wants the number of the string type where its types want the enumeration.
  const valueTagClass = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class;
  return { type, value, valueTagClass };
}

function yearsAfter(at: Date, years: number): Date {
  const later = new Date(at);
  later.setUTCFullYear(at.getUTCFullYear() + years);
  return later;
}

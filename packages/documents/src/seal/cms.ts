import { createHash, sign, verify, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

// A detached CMS signature (RFC 5652) in the one shape this package makes: SHA-256, RSA PKCS#1 v1.5, one signer
// with its certificate, three signed attributes. Reading accepts that shape only: what is read is encoded again
// and must give the same bytes, so no part of a seal can change unnoticed.

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
} as const;

const { asn1 } = forge;
const { Class, Type } = asn1;
type Node = forge.asn1.Asn1;

/** A signature to make: over which bytes, by whom, when. */
export type CmsRequest = {
  readonly content: Uint8Array;
  readonly certificate: string;
  readonly key: string;
  readonly at: Date;
};

/** A signature that was read and holds: its certificate and the moment the signer states. */
export type CmsSignature = { readonly certificate: X509Certificate; readonly signedAt: Date };

/** Signs bytes and gives the signature in DER. */
export function signCms({ content, certificate, key, at }: CmsRequest): Uint8Array {
  const parts = { certificate: new X509Certificate(certificate), digest: sha256(content), at };
  const signature = sign('sha256', attributesToSign(parts), key);
  return encode(parts, signature);
}

/** The signature in `der` when it is a true one over `content`, otherwise undefined. Trailing bytes are not accepted. */
export function readCms(der: Uint8Array, content: Uint8Array): CmsSignature | undefined {
  try {
    const { certificate, signature, at } = parse(der);
    const parts = { certificate, digest: sha256(content), at };
    if (!Buffer.from(encode(parts, signature)).equals(der)) return undefined;
    if (!verify('sha256', attributesToSign(parts), certificate.publicKey, signature)) return undefined;
    // Signed by itself: the certificate too must be whole.
    return certificate.verify(certificate.publicKey) ? { certificate, signedAt: at } : undefined;
  } catch {
    // Whatever is wrong with bytes that may come from anywhere, the answer is the same: not a signature of ours.
    return undefined;
  }
}

type Parts = { readonly certificate: X509Certificate; readonly digest: Uint8Array; readonly at: Date };

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function attributes(parts: Parts): readonly Node[] {
  return [
    sequence(oid(OID.contentType), set(oid(OID.data))),
    sequence(oid(OID.signingTime), set(primitive(Type.UTCTIME, asn1.dateToUtcTime(parts.at)))),
    sequence(oid(OID.messageDigest), set(primitive(Type.OCTETSTRING, binary(parts.digest)))),
  ];
}

function attributesToSign(parts: Parts): Uint8Array {
  return toDer(set(...attributes(parts)));
}

function encode(parts: Parts, signature: Uint8Array): Uint8Array {
  const certificate = asn1.fromDer(binary(parts.certificate.raw));
  const algorithm = sequence(oid(OID.sha256), primitive(Type.NULL, ''));
  const signer = sequence(
    integer(1),
    sequence(...issuerAndSerial(certificate)),
    algorithm,
    asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [...attributes(parts)]),
    sequence(oid(OID.rsa), primitive(Type.NULL, '')),
    primitive(Type.OCTETSTRING, binary(signature)),
  );
  const signedData = sequence(
    integer(1),
    set(algorithm),
    sequence(oid(OID.data)),
    asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [certificate]),
    set(signer),
  );
  return toDer(sequence(oid(OID.signedData), asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [signedData])));
}

/** Issuer and serial number as they stand in the certificate: [version] serial algorithm issuer … */
function issuerAndSerial(certificate: Node): readonly Node[] {
  const [serial, , issuer] = children(children(certificate)[0]).slice(1);
  if (serial === undefined || issuer === undefined)
    throw new RangeError('certificate without issuer or serial number');
  return [issuer, serial];
}

/** The pieces a signature cannot be computed from: certificate, signature value, signing time. */
function parse(der: Uint8Array): { certificate: X509Certificate; signature: Uint8Array; at: Date } {
  const root = asn1.fromDer(binary(der));
  const signedData = children(children(root)[1])[0];
  const [, , , certificates, signers] = children(signedData);
  const signer = children(children(signers)[0]);
  const time = children(children(children(signer[3])[1])[1])[0];
  const certificate = children(certificates)[0];
  if (certificate === undefined) throw new RangeError('a signature without its certificate');
  return {
    certificate: new X509Certificate(toDer(certificate)),
    signature: Buffer.from(text(signer[5]), 'latin1'),
    at: asn1.utcTimeToDate(text(time)),
  };
}

function children(node: Node | undefined): readonly Node[] {
  return node !== undefined && Array.isArray(node.value) ? node.value : [];
}

function text(node: Node | undefined): string {
  if (node === undefined || typeof node.value !== 'string')
    throw new RangeError('a primitive value was expected');
  return node.value;
}

function sequence(...nodes: readonly Node[]): Node {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, [...nodes]);
}

function set(...nodes: readonly Node[]): Node {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, [...nodes]);
}

function primitive(type: forge.asn1.Type, value: string): Node {
  return asn1.create(Class.UNIVERSAL, type, false, value);
}

function integer(value: number): Node {
  return primitive(Type.INTEGER, asn1.integerToDer(value).getBytes());
}

function oid(value: string): Node {
  return primitive(Type.OID, asn1.oidToDer(value).getBytes());
}

function toDer(node: Node): Uint8Array {
  return Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

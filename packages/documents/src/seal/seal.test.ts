import { createHash, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLE_CONTRACT, EXAMPLE_EVIDENCE, EXAMPLE_SIGNATURE } from '../examples/contract.ts';
import { readPdf } from '../examples/read-pdf.ts';
import {
  contractPdf,
  createSealingIdentity,
  sealPdf,
  verifySeal,
  type SealingIdentity,
  type SealOptions,
} from '../index.ts';

const AT = new Date('2026-11-21T15:02:42Z');
let identity: SealingIdentity;
let options: SealOptions;
let document: Uint8Array;
let sealed: Uint8Array;

beforeAll(async () => {
  identity = await createSealingIdentity({
    commonName: 'Sceau de Gigafibre « é »',
    organization: 'TARGO Internet inc.',
    notBefore: new Date('2026-11-01T00:00:00Z'),
    serial: 'f1',
  });
  options = { ...identity, reason: 'Contrat accepté par le client', at: AT };
  const unsigned = await contractPdf(EXAMPLE_CONTRACT, 'fr');
  const documentSha256 = createHash('sha256').update(unsigned).digest('hex');
  const signed = { signature: EXAMPLE_SIGNATURE, evidence: { ...EXAMPLE_EVIDENCE, documentSha256 } };
  document = await contractPdf({ ...EXAMPLE_CONTRACT, signed }, 'fr');
  sealed = await sealPdf(document, options);
});

describe('a sealed contract', () => {
  test('verifies, and says who sealed it and when', () => {
    const verdict = verifySeal(sealed, identity);
    expect(verdict).toMatchObject({
      valid: true,
      coversWholeDocument: true,
      signer: 'Sceau de Gigafibre « é »',
      signedAt: AT,
    });
    expect(verdict.fingerprint256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test('begins with the very bytes of the document before sealing, and reads the same', async () => {
    expect(Buffer.from(sealed.subarray(0, document.length)).equals(document)).toBe(true);
    expect((await readPdf(sealed)).text).toBe((await readPdf(document)).text);
  });

  test('cites on its evidence page the fingerprint of the document that was shown unsigned', async () => {
    const sha256 = createHash('sha256')
      .update(await contractPdf(EXAMPLE_CONTRACT, 'fr'))
      .digest('hex');
    const text = (await readPdf(sealed)).text.replaceAll(' ', '');
    expect(text).toContain(sha256);
  });

  test('is the same bytes when sealed again with the same identity and moment', async () => {
    expect(Buffer.from(await sealPdf(document, options)).equals(sealed)).toBe(true);
  });

  test('stops verifying when any one bit is flipped, the signature and its padding included', () => {
    const signatureStart = Buffer.from(sealed).indexOf('/Contents <') - 400;
    const position = fc.oneof(
      fc.nat({ max: sealed.length - 1 }),
      fc.integer({ min: signatureStart, max: sealed.length - 1 }),
    );
    fc.assert(
      fc.property(position, fc.nat({ max: 7 }), (at, bit) => {
        const altered = sealed.slice();
        altered[at] = (altered[at] ?? 0) ^ (1 << bit);
        expect(verifySeal(altered).valid).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  test('stops verifying when anything is added or taken away', () => {
    expect(verifySeal(Buffer.concat([sealed, Buffer.from('\n')]))).toMatchObject({
      valid: false,
      defect: 'not_whole',
    });
    expect(verifySeal(sealed.subarray(0, -1))).toMatchObject({ valid: false, defect: 'not_whole' });
  });

  test('made by somebody else with the same name is told apart', async () => {
    const other = await createSealingIdentity({
      commonName: 'Sceau de Gigafibre « é »',
      notBefore: AT,
      serial: '02',
    });
    const forged = await sealPdf(document, { ...options, ...other });
    expect(verifySeal(forged).valid).toBe(true);
    expect(verifySeal(forged, identity)).toMatchObject({ valid: false, defect: 'other_certificate' });
  });

  test('is not sealed a second time', async () => {
    await expect(sealPdf(sealed, options)).rejects.toThrow(/already/);
  });
});

test('what is not a sealed document gets a verdict, never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(document)), (bytes) => {
      expect(verifySeal(bytes)).toEqual({ valid: false, coversWholeDocument: false, defect: 'not_sealed' });
    }),
  );
});

test('what is not a document of ours is not sealed', async () => {
  for (const text of ['', 'hello', '%PDF-1.7\n%%EOF', '%PDF-1.7\nstartxref\n9\n%%EOF']) {
    await expect(sealPdf(Buffer.from(text), options)).rejects.toThrow(RangeError);
  }
});

test.each(['00', '0', '0012', '000080', '007f', 'ff', '80ff', '0ab'])(
  'a certificate of serial number %s is one that others read',
  async (serial) => {
    const { certificate } = await createSealingIdentity({ commonName: 'x', notBefore: AT, serial });
    expect(BigInt(`0x${new X509Certificate(certificate).serialNumber}`)).toBe(BigInt(`0x${serial}`));
  },
);

test('a certificate needs a hexadecimal serial number', async () => {
  await expect(createSealingIdentity({ commonName: 'x', notBefore: AT, serial: 'no' })).rejects.toThrow(
    RangeError,
  );
});

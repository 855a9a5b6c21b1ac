import { visionOperations as op } from '@gigafibre/contract';
import { broken, declined, done, retry } from '@gigafibre/outside/outcome';
import { createLocalVision, type ReadCode, type Vision } from '@gigafibre/outside/vision';
import { phoneOf, serveHub, sharedData, technician, testHub } from '@gigafibre/testing';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';

const corner = { x: 1, y: 2 };
const code = (text: string): ReadCode => ({
  text,
  format: 'code128',
  corners: [corner, corner, corner, corner],
});
const image = Buffer.from('a picture').toString('base64');

async function looking(readCodes: Vision['readCodes']) {
  const hub = await testHub({ outside: { vision: { vendor: 'test', readCodes } } });
  const served = await serveHub(hub);
  const { phone } = await phoneOf(hub, served, await technician(hub));
  return { hub, served, phone };
}

test('a photograph gives at most three codes, and the fields of the label they stand on', async () => {
  const texts = ['SN:TPLG46E80F93', 'MAC: 001EC947D49B', 'Model: XX230v', '4895252500011'];
  const { phone } = await looking(async () => done(texts.map(code)));
  const read = await phone.call(op.readBarcodes, { image });
  expect(read.codes.map(({ text }) => text)).toEqual(texts.slice(0, 3));
  expect(read).toMatchObject({ engine: 'test', codes: [{ box: [corner, corner, corner, corner] }, {}, {}] });
  expect((await phone.call(op.readLabel, { image })).fields).toMatchObject({
    kind: 'ont',
    serial: 'TPLG46E80F93',
    mac: '00:1E:C9:47:D4:9B',
    model: 'XX230v',
  });
});

test('what the engine cannot look at or find is said in words; what it did not manage is no verdict', async () => {
  const outcomes = [
    [declined('not_an_image', 'no image header'), 'not_an_image', 415],
    [declined('damaged', 'cut off'), 'not_an_image', 415],
    [declined('empty', 'nothing'), 'not_an_image', 415],
    [declined('too_large', '80 megapixels'), 'photo_too_large', 413],
    [done([]), 'no_code_found', 422],
    [retry(1_000, 'busy'), 'outside_unavailable', 503],
    [broken('no engine'), 'outside_unavailable', 503],
  ] as const;
  for (const [outcome, refusal, status] of outcomes) {
    const { phone } = await looking(async () => outcome);
    await expect(phone.call(op.readBarcodes, { image })).rejects.toMatchObject({ code: refusal, status });
  }
  const { phone } = await looking(() => Promise.reject(new Error('a bug')));
  await expect(phone.call(op.readBarcodes, { image })).rejects.toMatchObject({ code: 'outside_unavailable' });
});

test('only technicians and those who write equipment show photographs, thirty a minute', async () => {
  const { served, phone } = await looking(async () => done([code('X')]));
  await expect(served.visitor('field').call(op.readBarcodes, { image })).rejects.toMatchObject({
    status: 401,
  });
  const readonly = await served.as('readonly');
  await expect(readonly.call(op.readLabel, { image })).rejects.toMatchObject({ status: 403 });
  expect((await (await served.as('csr')).call(op.readBarcodes, { image })).codes).toHaveLength(1);
  for (let i = 0; i < 30; i += 1) await phone.call(op.readBarcodes, { image });
  await expect(phone.call(op.readBarcodes, { image })).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('what is not base64, or larger than a photograph may be, is refused before anybody looks', async () => {
  const { phone } = await looking(() => Promise.reject(new Error('looked')));
  for (const wrong of ['', 'é', 'data:image/png;base64,AAAA', '<svg/>'])
    await expect(phone.call(op.readBarcodes, { image: wrong })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  await expect(phone.call(op.readBarcodes, { image: 'A'.repeat(16 * 1024 * 1024) })).rejects.toMatchObject({
    code: 'too_large',
  });
});

test('photographs of real labels are read by the local engine', async ({ skip }) => {
  const photographs = [
    ['code128', 'code128-2_01'],
    ['code39', 'code39-3_03'],
  ].map(([symbology, name]) => ({
    picture: sharedData('barcodes', symbology ?? '', `${name}.png`),
    text: sharedData('barcodes', symbology ?? '', `${name}.txt`),
  }));
  const there = photographs.filter(({ picture, text }) => picture !== undefined && text !== undefined);
  if (there.length === 0) skip('the collection of real photographs is not on this machine');
  const vision = createLocalVision();
  onTestFinished(() => vision.close());
  const { phone } = await looking((bytes, options) => vision.readCodes(bytes, options));
  for (const { picture, text } of there) {
    const read = await phone.call(op.readBarcodes, {
      image: readFileSync(picture ?? '').toString('base64'),
    });
    expect(read.codes.map((found) => found.text)).toContain(readFileSync(text ?? '', 'utf8'));
  }
});

import { serveHub, testHub } from '@gigafibre/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'gigafibre-apps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dist = join(folder, 'portal/dist');
mkdirSync(join(dist, 'assets'), { recursive: true });
mkdirSync(join(dist, '.vite'));
for (const [file, content] of [
  ['index.html', 'page'],
  ['index.html.br', 'page in brotli'],
  ['assets/index-1.js', 'script'],
  ['assets/index-1.js.gz', 'script in gzip'],
  ['.vite/manifest.json', '{}'],
  ['.built-from', 'stamp'],
] as const)
  writeFileSync(join(dist, file), content);

/** Not `fetch`, which would decode what was never really compressed. */
const fetched = (url: string, accepts: string) =>
  new Promise<IncomingMessage & { text: string }>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': accepts } }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve(Object.assign(answer, { text })));
    }).on('error', reject);
  });

test('a browser gets the compressed file where there is one, and may keep the two apart', async () => {
  const { url } = await serveHub(await testHub(), { apps: folder });
  const page = await fetched(`${url}/portal/`, 'gzip, deflate, br');
  expect([page.text, page.headers['content-encoding'], page.headers['content-type']]).toEqual([
    'page in brotli',
    'br',
    'text/html; charset=utf-8',
  ]);
  const script = await fetched(`${url}/portal/assets/index-1.js`, 'gzip');
  expect([script.text, script.headers['content-encoding']]).toEqual(['script in gzip', 'gzip']);
  expect(script.headers['cache-control']).toContain('immutable');
  expect(script.headers['vary']).toContain('accept-encoding');
  const plain = await fetched(`${url}/portal/assets/index-1.js`, 'identity');
  expect([plain.text, plain.headers['content-encoding']]).toEqual(['script', undefined]);
});

test('what the build keeps for itself is not served', async () => {
  const { url } = await serveHub(await testHub(), { apps: folder });
  for (const file of ['.vite/manifest.json', '.built-from', '%2evite/manifest.json'])
    expect([file, (await fetched(`${url}/portal/${file}`, 'identity')).statusCode]).toEqual([file, 404]);
});

// Calls against a small server on loopback that answers as each test wants.
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { callHttp } from './index.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', () => resolve()));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const limits = { timeoutMs: 300, maxBytes: 1_000 };

test('an answer of any status is an answer, its reason phrase with it', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(202, 'Device is offline');
    response.end('kept');
  });
  const answer = await callHttp({ url, ...limits });
  expect(answer).toMatchObject({ ok: true, status: 202, reason: 'Device is offline', text: 'kept' });
});

test('more than the limit is not read', async () => {
  const url = await serve((_request, response) => response.end('x'.repeat(1_001)));
  expect(await callHttp({ url, ...limits })).toMatchObject({ ok: false, sent: true });
});

test('the deadline is for the whole answer: one octet at a time does not stretch it', async () => {
  const url = await serve((_request, response) => {
    const drip = setInterval(() => response.write('x'), 50);
    response.on('close', () => clearInterval(drip));
  });
  expect(await callHttp({ url, ...limits })).toMatchObject({ ok: false, sent: true });
});

test('what was never sent is told from what may have arrived', async () => {
  const url = await serve((request) => request.socket.destroy());
  expect(await callHttp({ url, ...limits })).toMatchObject({ ok: false, sent: true });
  server?.close();
  const closed = await callHttp({ url, ...limits });
  expect(closed).toMatchObject({ ok: false, sent: false });
});

test('a redirect is an answer, not followed', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' });
    response.end();
  });
  expect(await callHttp({ url, ...limits })).toMatchObject({ ok: true, status: 302 });
});

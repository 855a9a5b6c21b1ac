import { staffOperations } from '@gigafibre/contract';
import { ADMIN, serveHub, START, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createApiKey } from '../../domains/staff/index.ts';
import { openKnownCallers, type Looked } from './known-callers.ts';

const LATER = new Date(START.getTime() + 3_600_000);

/** A memory on a clock set by hand, and a look that counts. */
function memory(until: Date | null) {
  const clock = { ms: 0 };
  const callers = openKnownCallers(() => clock.ms);
  let looks = 0;
  const ask = (now = START) =>
    callers.recall('key a:b', now, async (): Promise<Looked> => {
      looks += 1;
      return { actor: ADMIN, until };
    });
  return { clock, callers, ask, looks: () => looks };
}

test('a caller is looked up once in two seconds', async () => {
  const { ask, looks, clock } = memory(LATER);
  await ask();
  clock.ms = 1_999;
  expect(await ask()).toBe(ADMIN);
  expect(looks()).toBe(1);
  clock.ms = 2_000;
  await ask();
  expect(looks()).toBe(2);
});

test('nobody is remembered beyond their end, nor who must not be remembered', async () => {
  const ending = memory(LATER);
  await ending.ask();
  await ending.ask(LATER);
  expect(ending.looks()).toBe(2);
  const unremembered = memory(null);
  await unremembered.ask();
  await unremembered.ask();
  expect(unremembered.looks()).toBe(2);
});

test('a look that a transaction overtook is not remembered', async () => {
  const { callers } = memory(LATER);
  let looks = 0;
  const look = async (): Promise<Looked> => {
    looks += 1;
    if (looks === 1) callers.forget();
    return { actor: ADMIN, until: LATER };
  };
  await callers.recall('key a:b', START, look);
  await callers.recall('key a:b', START, look);
  await callers.recall('key a:b', START, look);
  expect(looks).toBe(2);
});

test('a key that was used a moment ago is refused as soon as it is revoked', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const admin = await served.as('admin');
  const { key, secret } = await hub.act((tx) =>
    createApiKey(tx, { label: 'integration', capabilities: ['settings.users'] }),
  );
  const ask = async () =>
    (
      await fetch(`${served.url}${staffOperations.listStaff.path}`, {
        headers: { authorization: `token ${key}:${secret}` },
      })
    ).status;
  expect([await ask(), await ask()]).toEqual([200, 200]);
  await admin.call(staffOperations.revokeApiKey, { key });
  expect(await ask()).toBe(401);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SmsCallback, SmsMessage, SmsSender } from './port.ts';

/** A sender to try, and what its provider was told to tell us. */
export type SmsUnderTest = {
  readonly sender: SmsSender;
  readonly from: string;
  /** Numbers with a known fate. */
  readonly numbers: { readonly good: string; readonly unreachable: string; readonly optedOut: string };
  readonly statusCallbackUrl: string;
  /** Callbacks received so far, once all that are on their way have arrived. */
  received(): Promise<readonly SmsCallback[]>;
  now(): Date;
  stop(): Promise<void>;
};

/** What every sender of text messages must do, tried against one adapter. */
export function smsConformance(name: string, start: () => Promise<SmsUnderTest>): void {
  describe(`${name} keeps the promises of a sender of text messages`, () => {
    let under: SmsUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    const message = (to: string, body = 'Votre technicien arrive à 14 h 30.'): SmsMessage => ({
      to,
      from: under.from,
      body,
      statusCallbackUrl: under.statusCallbackUrl,
    });

    test('an accepted message is found again by its recipient, with its text', async () => {
      const sent = await under.sender.send(message(under.numbers.good, 'Code : 123456 — «é»'));
      if (sent.is !== 'done') throw new Error(JSON.stringify(sent));
      const since = new Date(under.now().getTime() - 60_000);
      const found = await under.sender.findSent({ to: under.numbers.good, since });
      if (found.is !== 'done') throw new Error(JSON.stringify(found));
      const same = found.value.find(({ providerRef }) => providerRef === sent.value.providerRef);
      expect(same).toMatchObject({ body: 'Code : 123456 — «é»', to: under.numbers.good });
      const later = new Date(under.now().getTime() + 3_600_000);
      expect(await under.sender.findSent({ to: under.numbers.good, since: later })).toEqual({
        is: 'done',
        value: [],
      });
    });

    test('delivery is told, signed, and read in our words', async () => {
      const sent = await under.sender.send(message(under.numbers.good));
      const lost = await under.sender.send(message(under.numbers.unreachable));
      if (sent.is !== 'done' || lost.is !== 'done') throw new Error('not accepted');
      const readings = (await under.received()).map((callback) => under.sender.readStatusCallback(callback));
      const statuses = readings.map((reading) => (reading.ok ? reading.status : reading));
      expect(statuses).toContainEqual({
        providerRef: sent.value.providerRef,
        state: 'delivered',
        errorCode: null,
      });
      expect(statuses).toContainEqual({
        providerRef: lost.value.providerRef,
        state: 'undelivered',
        errorCode: '30003',
      });
    });

    test('a callback altered, for another address or without signature is not believed', async () => {
      await under.sender.send(message(under.numbers.good));
      const callback = (await under.received()).at(-1);
      if (callback === undefined) throw new Error('no callback came');
      const { sender } = under;
      const no = { ok: false, reason: 'bad_signature' };
      expect(sender.readStatusCallback(callback).ok).toBe(true);
      expect(sender.readStatusCallback({ ...callback, signatureHeader: undefined })).toEqual(no);
      expect(sender.readStatusCallback({ ...callback, url: `${callback.url}x` })).toEqual(no);
      const params = { ...callback.params, MessageStatus: 'failed' };
      expect(sender.readStatusCallback({ ...callback, params })).toEqual(no);
    });

    test('somebody who opted out is declined, and so is a number that is none', async () => {
      expect(await under.sender.send(message(under.numbers.optedOut))).toMatchObject({
        is: 'declined',
        code: '21610',
      });
      expect(await under.sender.send(message('514-555-0123'))).toMatchObject({
        is: 'declined',
        code: '21211',
      });
    });
  });
}

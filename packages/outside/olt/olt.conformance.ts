import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Olt, OntReading } from './port.ts';

/** OLTs to try, and what is on one of them. */
export type OltUnderTest = {
  readonly olt: Olt;
  readonly oltAddress: string;
  /** An ONT at work, one dark after its power went, one not configured. */
  readonly online: {
    readonly serial: string;
    readonly port: string;
    readonly rxDbm: number;
    readonly oltRxDbm: number;
  };
  readonly dark: { readonly serial: string };
  readonly unconfigured: { readonly serial: string; readonly port: string };
  stop(): Promise<void>;
};

/** What every way of reading an OLT must do, tried against one adapter. */
export function oltConformance(name: string, start: () => Promise<OltUnderTest>): void {
  describe(`${name} keeps the promises of an optical line terminal`, () => {
    let under: OltUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    const read = async (
      serial: string,
      at?: { ifIndex: number; onuId: number },
    ): Promise<OntReading | null> => {
      const outcome = await under.olt.readOnt({ oltAddress: under.oltAddress, serial, at });
      if (outcome.is !== 'done') throw new Error(JSON.stringify(outcome));
      return outcome.value;
    };

    test('an ONT at work is read with its place, its state and light both ways', async () => {
      const { serial, port, rxDbm, oltRxDbm } = under.online;
      const reading = await read(serial);
      expect(reading).toMatchObject({ serial, port, state: 'online' });
      expect(reading?.rxDbm).toBeCloseTo(rxDbm, 2);
      expect(reading?.oltRxDbm).toBeCloseTo(oltRxDbm, 2);
      expect(reading?.distanceM).toBeGreaterThan(0);
    });

    test('knowing its place gives the same; a wrong place is no matter', async () => {
      const first = await read(under.online.serial);
      if (first === null) throw new Error('not found');
      expect(await read(under.online.serial, first)).toEqual(first);
      expect(await read(under.online.serial, { ...first, onuId: first.onuId + 40 })).toEqual(first);
    });

    test('a dark ONT has a cause and no light: never a zero', async () => {
      expect(await read(under.dark.serial)).toMatchObject({
        state: 'offline',
        rxDbm: null,
        txDbm: null,
        oltRxDbm: null,
        temperatureC: null,
        distanceM: null,
        lastDownCause: 'dying_gasp',
      });
    });

    test('one not configured is not read as one, and is in the list of those found', async () => {
      expect(await read(under.unconfigured.serial)).toBeNull();
      const outcome = await under.olt.listUnconfiguredOnts({ oltAddress: under.oltAddress });
      expect(outcome).toMatchObject({ is: 'done', value: [under.unconfigured] });
    });

    test('an unknown serial is null, and what is no serial is declined', async () => {
      expect(await read('ZZZZ00000000')).toBeNull();
      const { olt, oltAddress } = under;
      expect(await olt.readOnt({ oltAddress, serial: 'x' })).toMatchObject({ is: 'declined' });
    });
  });
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Acs, AcsDevice } from './port.ts';

/** An ACS to try, and devices it knows. */
export type AcsUnderTest = {
  readonly acs: Acs;
  /** An ONT at work, by the serial on its label. */
  readonly ont: {
    readonly serial: string;
    readonly mac: string;
    readonly model: string;
    readonly rxDbm: number;
  };
  /** ONTs known to the ACS that do not answer, and that refuse orders. */
  readonly silentSerial: string;
  readonly refusingSerial: string;
  /** A parameter path every device of the suite has. */
  readonly uptimePath: string;
  stop(): Promise<void>;
};

/** What every server of home equipment must do, tried against one adapter. */
export function acsConformance(name: string, start: () => Promise<AcsUnderTest>): void {
  describe(`${name} keeps the promises of an auto-configuration server`, () => {
    let under: AcsUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    const found = async (serial: string): Promise<AcsDevice> => {
      const outcome = await under.acs.findDevice({ serial });
      if (outcome.is !== 'done' || outcome.value === null)
        throw new Error(`${serial}: ${JSON.stringify(outcome)}`);
      return outcome.value;
    };

    test('a device is found by the serial on its label, in any writing, and by its MAC', async () => {
      const { ont, acs } = under;
      const device = await found(ont.serial);
      expect(device).toMatchObject({ ponSerial: ont.serial, model: ont.model });
      expect(await found(ont.serial.toLowerCase())).toEqual(device);
      expect(await found(`${ont.serial.slice(0, 4)}-${ont.serial.slice(4)}`)).toEqual(device);
      expect(await acs.findDevice({ mac: ont.mac.toLowerCase().replaceAll(':', '-') })).toEqual({
        is: 'done',
        value: device,
      });
    });

    test('light, networks, address and hosts come in one document', async () => {
      const device = await found(under.ont.serial);
      expect(device.optical?.rxDbm).toBeCloseTo(under.ont.rxDbm, 1);
      expect(device.wifi.map(({ band }) => band)).toEqual(['2.4GHz', '5GHz']);
      expect(device.wanIp).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
      expect(device.hosts.length).toBeGreaterThan(0);
      expect(device.lastInformAt).toBeInstanceOf(Date);
    });

    test('what is not known is null, and what is no serial is declined', async () => {
      expect(await under.acs.findDevice({ serial: 'TPLG00000000' })).toEqual({ is: 'done', value: null });
      expect(await under.acs.findDevice({ mac: '02:00:00:00:00:01' })).toEqual({ is: 'done', value: null });
      expect(await under.acs.findDevice({ serial: '*' })).toMatchObject({ is: 'declined' });
      expect(await under.acs.findDevice({ serial: '/.*/' })).toMatchObject({ is: 'declined' });
      expect(await under.acs.findDevice({ mac: 'mac' })).toMatchObject({ is: 'declined' });
    });

    test('parameters are read by path, a missing one is null, an unknown device is declined', async () => {
      const { deviceId } = await found(under.ont.serial);
      const outcome = await under.acs.getParameters(deviceId, [under.uptimePath, 'Device.No.Such']);
      expect(outcome).toMatchObject({
        is: 'done',
        value: [{ path: under.uptimePath }, { path: 'Device.No.Such', value: null }],
      });
      const none = await under.acs.getParameters('0-0-0', [under.uptimePath]);
      expect(none).toMatchObject({ is: 'declined', code: 'no_such_device' });
      expect(await under.acs.getParameters(deviceId, ['Device."}'])).toMatchObject({
        is: 'declined',
        code: 'bad_paths',
      });
    });

    test('an order to a device that answers is carried out', async () => {
      const { deviceId } = await found(under.ont.serial);
      expect(await under.acs.reboot(deviceId)).toMatchObject({ is: 'done', value: { state: 'ran' } });
      const refreshed = await under.acs.refreshParameters(deviceId, [under.uptimePath]);
      expect(refreshed).toMatchObject({ is: 'done', value: { state: 'ran' } });
      expect((await found(under.ont.serial)).uptimeSeconds).toBe(0);
    });

    test('an order to one that does not answer waits; one that refuses says why', async () => {
      const silent = await found(under.silentSerial);
      expect(await under.acs.reboot(silent.deviceId)).toMatchObject({
        is: 'done',
        value: { state: 'queued' },
      });
      const refusing = await found(under.refusingSerial);
      expect(await under.acs.reboot(refusing.deviceId)).toMatchObject({ is: 'declined', code: 'cwmp.9002' });
      expect(await under.acs.reboot('0-0-0')).toMatchObject({ is: 'declined', code: 'no_such_device' });
    });
  });
}

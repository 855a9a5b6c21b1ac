import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceabilityFrom, serviceabilityWithoutPosition, type NearTerminal } from './serviceability.ts';

const near: NearTerminal = {
  terminalId: 'TRM-1',
  terminalName: 'T1',
  state: 'in_service',
  splitterId: 'SPL-1',
  splitterName: 'S1',
  oltId: 'OLT-1',
  oltName: 'O1',
  ponPort: '0/1/1',
  freeTerminalPorts: 3,
  freeSplitterPorts: 5,
  distanceMetres: 80,
  drawn: false,
};

test.each([
  [{}, 'serviceable', 'free_port'],
  [{ freeTerminalPorts: 0 }, 'construction', 'terminal_full'],
  [{ freeSplitterPorts: 0 }, 'construction', 'splitter_full'],
  [{ state: 'planned' }, 'construction', 'network_planned'],
  [{ distanceMetres: 151 }, 'construction', 'drop_too_long'],
  [{ distanceMetres: 501 }, 'survey', 'network_far'],
  [{ distanceMetres: 3_001 }, 'not_serviceable', 'no_network'],
  [{ distanceMetres: 9_000, drawn: true }, 'serviceable', 'free_port'],
] as const)('a terminal %j answers %s (%s)', (change, serviceability, reason) => {
  expect(serviceabilityFrom([{ ...near, ...change }])).toMatchObject({ serviceability, reason });
});

test('an address without position is judged by its town', () => {
  expect(serviceabilityWithoutPosition(4_000).serviceability).toBe('survey');
  expect(serviceabilityWithoutPosition(50_000).serviceability).toBe('not_serviceable');
  expect(serviceabilityWithoutPosition(null).reason).toBe('no_network');
});

const anywhere = fc.record({
  state: fc.constantFrom('planned' as const, 'in_service' as const),
  freeTerminalPorts: fc.nat(3),
  freeSplitterPorts: fc.nat(3),
  distanceMetres: fc.nat(4_000),
});
const order = ['serviceable', 'construction', 'survey', 'not_serviceable'];

test('one more terminal never makes the answer worse, and the order they are found in changes nothing', () => {
  fc.assert(
    fc.property(fc.array(anywhere, { maxLength: 5 }), anywhere, (some, more) => {
      const terminals = some.map((change) => ({ ...near, ...change }));
      const fewer = serviceabilityFrom(terminals).serviceability;
      const grown = serviceabilityFrom([...terminals, { ...near, ...more }]).serviceability;
      expect(order.indexOf(grown)).toBeLessThanOrEqual(order.indexOf(fewer));
      expect(serviceabilityFrom(terminals.toReversed()).serviceability).toBe(fewer);
    }),
  );
});

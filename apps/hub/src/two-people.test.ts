import {
  catalogOperations,
  customersOperations,
  dispatchOperations,
  operations,
  plantOperations,
  purchasesOperations,
  salesOperations,
} from '@gigafibre/contract';
import {
  home,
  inTheField,
  job,
  newCustomer,
  newLocation,
  publishTo,
  serveHub,
  technician,
  type Caller,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { cannotComplete } from './domains/dispatch/field/complete-job.ts';
import { addressId, HELENE, LINES, quoteFor, sellingHub } from './domains/sales/test/sold.ts';

// Two people look at the same thing and both change it. The contract gives them a version to say what they saw; the
// first counts, the second is told and decides again. Every operation that takes a version has a case here.

/** What the two send at once, and what is held afterwards: the value of the one who won. */
type Contest = Readonly<{
  send: (caller: Caller, value: string) => Promise<unknown>;
  held: (caller: Caller) => Promise<unknown>;
}>;
type Case = (hub: TestHub, first: Caller) => Promise<Contest>;

const AT_NINE = '2026-11-03T14:00:00.000Z';

/** A change of a job whose reason is written in its history. */
const onJob =
  (
    operation: 'unscheduleJob' | 'cancelJob' | 'reopenJob',
    prepare: (hub: TestHub, id: string) => Promise<void>,
  ): Case =>
  async (hub, first) => {
    const id = await job(hub, await home(hub));
    await prepare(hub, id);
    const { version } = await first.call(dispatchOperations.readJob, { id });
    return {
      send: (caller, reason) => caller.call(dispatchOperations[operation], { id, version, reason }),
      held: async (caller) => (await caller.call(dispatchOperations.readJob, { id })).history[0]?.reason,
    };
  };

const published = async (hub: TestHub, jobId: string): Promise<string> => {
  const technicianId = await technician(hub);
  await publishTo(hub, { jobId, technicianId, startsAt: AT_NINE });
  return technicianId;
};

const PAPER = {
  number: 'H-1',
  billedOn: '2026-11-02',
  lines: [{ description: 'Fibre', account: '5050', netCents: 10_000, tax: 'none' }],
} as const;
/** A supplier of this name with a bill of a hundred dollars, as a draft. */
async function draftBill(caller: Caller, name: string) {
  const supplier = await caller.call(purchasesOperations.addSupplier, { name });
  const paper = { ...PAPER, lines: [...PAPER.lines], supplierId: supplier.id };
  const { id } = await caller.call(purchasesOperations.enterBill, paper);
  return { id, paper, supplierId: supplier.id };
}

const cases: Readonly<Record<string, Case>> = {
  'purchases.changeSupplier': async (_, first) => {
    const { supplierId: id } = await draftBill(first, 'Hydro');
    return {
      send: (caller, name) => caller.call(purchasesOperations.changeSupplier, { id, version: 1, name }),
      held: async (caller) =>
        (await caller.call(purchasesOperations.listSuppliers, {})).rows.find((one) => one.id === id)?.name,
    };
  },
  'purchases.changeBill': async (_, first) => {
    const { id, paper } = await draftBill(first, 'Bell');
    return {
      send: (caller, note) => caller.call(purchasesOperations.changeBill, { ...paper, id, version: 1, note }),
      held: async (caller) => (await caller.call(purchasesOperations.readBill, { id })).note,
    };
  },
  'purchases.approveBill': async (_, first) => {
    const { id, paper } = await draftBill(first, 'Fibre Est');
    // One changes the draft, and the other approves what they saw before.
    const changed = Promise.withResolvers<void>();
    return {
      send: async (caller, what) => {
        if (what === 'un')
          return caller
            .call(purchasesOperations.changeBill, { ...paper, id, version: 1, note: 'un' })
            .finally(() => changed.resolve());
        await changed.promise;
        return caller.call(purchasesOperations.approveBill, { id, version: 1 });
      },
      held: async (caller) => {
        const { state, note } = await caller.call(purchasesOperations.readBill, { id });
        return state === 'draft' ? note : state;
      },
    };
  },
  'catalog.editItem': async () => ({
    send: (caller, nameFr) =>
      caller.call(catalogOperations.editItem, { sku: 'FIBRE-500', version: 1, nameFr }),
    held: async (caller) => (await caller.call(catalogOperations.readItem, { sku: 'FIBRE-500' })).nameFr,
  }),
  'customers.editCustomer': async (hub) => {
    const id = await newCustomer(hub);
    return {
      send: (caller, notes) => caller.call(customersOperations.editCustomer, { id, version: 1, notes }),
      held: async (caller) => (await caller.call(customersOperations.readCustomer, { id })).notes,
    };
  },
  'plant.editLocation': async (hub) => {
    const id = await newLocation(hub, await newCustomer(hub));
    return {
      send: (caller, accessNotes) =>
        caller.call(plantOperations.editLocation, { id, version: 1, accessNotes }),
      held: async (caller) => (await caller.call(plantOperations.readLocation, { id })).accessNotes,
    };
  },
  'dispatch.editTechnician': async (hub) => {
    const id = await technician(hub);
    return {
      send: (caller, name) => caller.call(dispatchOperations.editTechnician, { id, version: 1, name }),
      held: async (caller) =>
        (await caller.call(dispatchOperations.listTechnicians, {})).rows.find((one) => one.id === id)?.name,
    };
  },
  'dispatch.editJob': async (hub) => {
    const id = await job(hub);
    return {
      send: (caller, notes) => caller.call(dispatchOperations.editJob, { id, version: 1, notes }),
      held: async (caller) => (await caller.call(dispatchOperations.readJob, { id })).notes,
    };
  },
  'dispatch.scheduleJob': async (hub) => {
    const id = await job(hub);
    const ids: Record<string, string> = { un: await technician(hub), deux: await technician(hub) };
    return {
      send: (caller, who) =>
        caller.call(dispatchOperations.scheduleJob, {
          id,
          version: 1,
          technicianId: ids[who] ?? '',
          startsAt: AT_NINE,
        }),
      held: async (caller) => {
        const { technicianId } = await caller.call(dispatchOperations.readJob, { id });
        return Object.keys(ids).find((who) => ids[who] === technicianId);
      },
    };
  },
  'dispatch.unscheduleJob': onJob('unscheduleJob', async (hub, id) => void (await published(hub, id))),
  'dispatch.cancelJob': onJob('cancelJob', async () => undefined),
  'dispatch.reopenJob': onJob('reopenJob', async (hub, id) => {
    const by = inTheField(await published(hub, id));
    const failure = { id, at: hub.now.toISOString(), reason: 'client_absent', note: '' } as const;
    await hub.act((tx) => cannotComplete(tx, failure), by);
  }),
  'sales.reviseQuote': async (hub) => {
    const { id } = await quoteFor(hub);
    const asked = { contact: HELENE, addressId: await addressId(hub), lines: LINES };
    return {
      send: (caller, notes) => caller.call(salesOperations.reviseQuote, { id, version: 1, ...asked, notes }),
      held: async (caller) => (await caller.call(salesOperations.readQuote, { id })).notes,
    };
  },
  'sales.sendQuote': async (hub) => {
    const { id } = await quoteFor(hub);
    const asked = { contact: HELENE, addressId: await addressId(hub), lines: LINES };
    // One revises, and the other sends what they saw before: nobody is sent an offer that no longer counts.
    const revised = Promise.withResolvers<void>();
    return {
      send: async (caller, what) => {
        if (what === 'un')
          return caller
            .call(salesOperations.reviseQuote, { id, version: 1, ...asked })
            .finally(() => revised.resolve());
        await revised.promise;
        return caller.call(salesOperations.sendQuote, { id, version: 1 });
      },
      held: async (caller) => {
        const { version, status } = await caller.call(salesOperations.readQuote, { id });
        return version === 2 && status === 'draft' ? 'un' : `${status} ${version}`;
      },
    };
  },
  'sales.confirmAcceptance': async (hub) => {
    const { id } = await quoteFor(hub);
    const paper = { quoteId: id, version: 1, name: 'Hélène Tremblay', means: 'paper' } as const;
    return {
      send: (caller, note) => caller.call(salesOperations.confirmAcceptance, { ...paper, note }),
      held: async () =>
        (
          await hub.pool.query<{ note: string }>('select note from sales.acceptances where quote_id = $1', [
            id,
          ])
        ).rows[0]?.note,
    };
  },
};

const versioned = Object.values(operations)
  .flatMap((domain) => Object.values(domain))
  .filter(({ kind, input }) => kind === 'command' && 'shape' in input && 'version' in input.shape);

test('every operation that takes a version is contested below', () => {
  expect(versioned.map(({ name }) => name).toSorted()).toEqual(Object.keys(cases).toSorted());
  const silent = versioned.filter(({ refusals }) => !refusals?.includes('changed_meanwhile'));
  expect(
    silent.map(({ name }) => name),
    'they say that they may refuse',
  ).toEqual([]);
});

/** Each at its turn on one company: what is contested is another thing every time. */
test(
  'of two who change the same thing at once one wins, and the other is told',
  { timeout: 120_000 },
  async () => {
    const hub = await sellingHub();
    const served = await serveHub(hub);
    const people = [await served.as('admin'), await served.as('admin')] as const;
    const values = ['un', 'deux'] as const;
    for (const [name, prepare] of Object.entries(cases)) {
      const { send, held } = await prepare(hub, people[0]);
      const outcomes = await Promise.allSettled([send(people[0], values[0]), send(people[1], values[1])]);
      const told = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(told, name).toHaveLength(1);
      expect(told[0], name).toMatchObject({
        status: 409,
        code: expect.stringMatching(/^(changed_meanwhile|quote_already_accepted)$/),
      });
      const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
      expect(await held(people[0]), name).toBe(values[won]);
    }
  },
);

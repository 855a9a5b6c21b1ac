import {
  billingOperations,
  customersOperations,
  plantOperations,
  viewsOperations,
  type Operation,
} from '@gigafibre/contract';
import type { OutputOf, ParsedOf } from '@gigafibre/contract';
import { sql } from 'kysely';
import { listInvoices, readInvoice } from '../../../apps/hub/src/domains/billing/read-invoices.ts';
import { searchAddresses } from '../../../apps/hub/src/domains/plant/index.ts';
import type { Reading } from '../../../apps/hub/src/platform/acting.ts';
import type { Db } from '../../../apps/hub/src/platform/db/connect.ts';
import { listCustomers } from '../../../apps/hub/src/views/client-list.ts';
import { customer360 } from '../../../apps/hub/src/views/customer-360.ts';
import { dashboard } from '../../../apps/hub/src/views/dashboard.ts';

/** One thing people ask, in as many wordings as there are requests: over HTTP, and as the read behind it. */
export type Case = Readonly<{ name: string; requests: readonly Request[] }>;
export type Request = Readonly<{ path: string; read: (reading: Reading) => Promise<unknown> }>;

/** Different requests of each case, so that no single row is measured. */
const VARIETY = 60;

type Run<Op extends Operation> = (reading: Reading, input: ParsedOf<Op>) => Promise<OutputOf<Op>>;

/** Requests of an operation for some inputs: its address with path and query filled in, and its function. */
function requests<Op extends Operation>(
  operation: Op,
  run: Run<Op>,
  inputs: readonly Readonly<Record<string, string>>[],
): Request[] {
  return inputs.map((input) => {
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => input[name] ?? '');
    const query = new URLSearchParams(Object.entries(input).filter(([name]) => !inPath.includes(name)));
    const parsed = operation.input.parse(input) as ParsedOf<Op>; // parsed by the operation's own schema
    return { path: query.size === 0 ? path : `${path}?${query}`, read: (reading) => run(reading, parsed) };
  });
}

/** The reads that people wait for, on the company that is in the database. */
export async function readingCases(db: Db): Promise<Case[]> {
  const customers = await someCustomers(db);
  const clients = (searches: readonly (string | null)[]) =>
    requests(
      customersOperations.listCustomers,
      listCustomers,
      searches.flatMap((search) => (search === null ? [] : [{ limit: '50', search }])),
    );
  const addresses = await someAddresses(db);
  const found = (texts: readonly string[]) =>
    requests(
      plantOperations.searchAddresses,
      searchAddresses,
      texts.map((q) => ({ q })),
    );
  const ofCustomers = customers.map(({ id }) => ({ id }));
  return [
    {
      name: 'clients, first page',
      requests: requests(customersOperations.listCustomers, listCustomers, [{ limit: '50' }]),
    },
    { name: 'clients by name, a typo in it', requests: clients(customers.map(({ name }) => mistyped(name))) },
    {
      name: 'clients by the first 3 letters',
      requests: clients(customers.map(({ name }) => name.slice(0, 3))),
    },
    { name: 'clients by phone', requests: clients(customers.map(({ phone }) => asTyped(phone))) },
    { name: 'clients by invoice number', requests: clients(customers.map(({ invoice }) => invoice)) },
    { name: 'clients by serial number', requests: clients(customers.map(({ serial }) => serial)) },
    { name: 'clients by address', requests: clients(customers.map(({ address }) => address)) },
    { name: 'Customer 360', requests: requests(viewsOperations.customer360, customer360, ofCustomers) },
    {
      name: 'invoices, first page',
      requests: requests(billingOperations.listInvoices, listInvoices, [{ limit: '50' }]),
    },
    {
      name: 'one invoice',
      requests: requests(
        billingOperations.readInvoice,
        (reading, { id }) => readInvoice(reading, id),
        customers.flatMap(({ invoice }) => (invoice === null ? [] : [{ id: invoice }])),
      ),
    },
    { name: 'dashboard', requests: requests(viewsOperations.dashboard, dashboard, [{}]) },
    { name: 'address search', requests: found(addresses) },
    { name: 'address search, a typo in it', requests: found(addresses.map(mistyped)) },
  ];
}

type SomeCustomer = Readonly<
  { id: string; name: string } & Record<'phone' | 'invoice' | 'serial' | 'address', string | null>
>;

async function someCustomers(db: Db): Promise<SomeCustomer[]> {
  const { rows } = await sql<SomeCustomer>`
    select c.id, c.name, coalesce(c.cell_phone, c.tel_home) as phone,
           (select i.id from billing.invoices i where i.customer_id = c.id order by i.number desc limit 1) as invoice,
           (select e.serial from stock.equipment e where e.customer_id = c.id order by e.id limit 1) as serial,
           (select l.civic_number || ' ' || l.street from plant.occupancies o join plant.locations l on l.id = o.location_id
             where o.customer_id = c.id order by o.id limit 1) as address
      from customers.customers c where c.status = 'active' order by md5(c.id) limit ${VARIETY}`.execute(db);
  return rows;
}

async function someAddresses(db: Db): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select a.civic_number || ' ' || s.name || ' ' || m.name as text
      from (select * from plant.addresses tablesample bernoulli (1) repeatable (7) order by md5(id) limit ${VARIETY}) a
      join plant.streets s on s.id = a.street_id join plant.municipalities m on m.code = s.municipality_code`.execute(
    db,
  );
  return rows.map(({ text }) => text);
}

/** Two neighbouring letters of the longest word change places. */
export function mistyped(text: string): string {
  const longest = text.split(/[\s-]+/).sort((a, b) => b.length - a.length)[0] ?? '';
  const at = Math.max(1, Math.floor(longest.length / 2) - 1);
  const swapped = `${longest.slice(0, at)}${longest[at + 1] ?? ''}${longest[at] ?? ''}${longest.slice(at + 2)}`;
  return text.replace(longest, swapped);
}

/** `+14505550123` as somebody reads it aloud. */
const asTyped = (phone: string | null): string | null =>
  phone?.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '$1 $2-$3') ?? null;

import { addDays } from '@gigafibre/calendar';
import { addSupplier, approveBill, enterBill, payBills } from '../../domains/purchases/index.ts';
import type { Tx } from '../../platform/acting.ts';

type Act = <T>(verb: (tx: Tx) => Promise<T>) => Promise<T>;
type DemoBill = Readonly<{
  number: string;
  /** Days before today on its paper. */
  daysAgo: number;
  description: string;
  netCents: bigint;
  account?: string;
  tax?: 'both' | 'gst' | 'none';
  /** How far it has come; it is paid some days before it is due. */
  until: 'draft' | 'approved' | 'paid';
}>;
type DemoSupplier = Readonly<{
  name: string;
  gstNumber: string | null;
  qstNumber: string | null;
  termsDays: number;
  account: string;
  bills: readonly DemoBill[];
}>;

const PAID_AFTER_DAYS = 20;

/** Whom the demo company buys from, and what: paid, owed, late, a credit, and drafts that wait. */
const DEMO_SUPPLIERS: readonly DemoSupplier[] = [
  {
    name: 'Transit Laurentien inc.',
    gstNumber: '701200115 RT0001',
    qstNumber: '1201200115 TQ0001',
    termsDays: 30,
    account: '5010',
    bills: [
      {
        number: 'TL-20418',
        daysAgo: 52,
        description: 'Transit IP 20 Gb/s',
        netCents: 485_000n,
        until: 'paid',
      },
      {
        number: 'TL-20597',
        daysAgo: 21,
        description: 'Transit IP 20 Gb/s',
        netCents: 485_000n,
        until: 'approved',
      },
    ],
  },
  {
    name: 'Poteaux et conduits du Suroît',
    gstNumber: '701201246 RT0001',
    qstNumber: '1201201246 TQ0001',
    termsDays: 45,
    account: '5020',
    bills: [
      {
        number: '2026-T3-118',
        daysAgo: 96,
        description: 'Location de 412 poteaux',
        netCents: 618_000n,
        until: 'approved',
      },
      {
        number: '2026-T4-118',
        daysAgo: 6,
        description: 'Location de 412 poteaux',
        netCents: 618_000n,
        until: 'draft',
      },
    ],
  },
  {
    name: 'Distribution Optique Nord-Sud',
    gstNumber: '701202384 RT0001',
    qstNumber: '1201202384 TQ0001',
    termsDays: 30,
    account: '1200',
    bills: [
      {
        number: 'F88120',
        daysAgo: 34,
        description: '75 ONT XX230v',
        netCents: 1_187_500n,
        until: 'approved',
      },
      {
        number: 'NC1904',
        daysAgo: 12,
        description: '6 ONT retournés',
        netCents: -95_000n,
        until: 'approved',
      },
    ],
  },
  {
    name: 'Énergie des Jardins',
    gstNumber: '701203515 RT0001',
    qstNumber: '1201203515 TQ0001',
    termsDays: 21,
    account: '5050',
    bills: [
      {
        number: '663 401 882',
        daysAgo: 27,
        description: 'Cabinets et tête de réseau',
        netCents: 231_248n,
        until: 'paid',
      },
    ],
  },
  {
    name: 'Assurances Bellerive',
    gstNumber: null,
    qstNumber: null,
    termsDays: 15,
    account: '6140',
    bills: [
      {
        number: 'P-77120-3',
        daysAgo: 40,
        description: 'Responsabilité civile, trimestre',
        netCents: 246_000n,
        tax: 'none',
        until: 'approved',
      },
    ],
  },
  {
    name: 'Cartographie Trillium Ltd.',
    gstNumber: '701204646 RT0001',
    qstNumber: null,
    termsDays: 30,
    account: '6120',
    bills: [
      {
        number: 'INV-3071',
        daysAgo: 9,
        description: 'Licences de cartographie',
        netCents: 18_900n,
        tax: 'gst',
        until: 'draft',
      },
    ],
  },
];

/** Suppliers of the demo with their bills, in every state there is. */
export async function buyThings(act: Act, { today }: { today: string }): Promise<void> {
  for (const supplier of DEMO_SUPPLIERS) {
    const { id } = await act((tx) =>
      addSupplier(tx, {
        name: supplier.name,
        gstNumber: supplier.gstNumber,
        qstNumber: supplier.qstNumber,
        termsDays: supplier.termsDays,
        expenseAccount: supplier.account,
        note: '',
      }),
    );
    for (const bill of supplier.bills) await buy(act, { today, supplierId: id, supplier, bill });
  }
}

async function buy(
  act: Act,
  bought: { today: string; supplierId: string; supplier: DemoSupplier; bill: DemoBill },
): Promise<void> {
  const { today, supplierId, supplier, bill } = bought;
  const billedOn = addDays(today, -bill.daysAgo);
  const { id, version } = await act((tx) =>
    enterBill(tx, {
      supplierId,
      number: bill.number,
      billedOn,
      dueOn: null,
      lines: [
        {
          account: bill.account ?? supplier.account,
          description: bill.description,
          netCents: bill.netCents,
          tax: bill.tax ?? 'both',
        },
      ],
      gstCents: null,
      qstCents: null,
      currency: 'CAD',
      note: '',
      source: 'typed',
      read: null,
    }),
  );
  if (bill.until === 'draft') return;
  await act((tx) => approveBill(tx, { id, version, bookedOn: null }));
  if (bill.until !== 'paid') return;
  const paidOn = addDays(billedOn, PAID_AFTER_DAYS);
  await act((tx) =>
    payBills(tx, {
      supplierId,
      billIds: [id],
      paidOn: paidOn < today ? paidOn : today,
      method: 'transfer',
      reference: null,
    }),
  );
}

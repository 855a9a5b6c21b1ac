import { paths as opsPaths } from '../../apps/ops/src/paths.ts';
import { screens as opsScreens, type Screen as OpsScreen } from '../../apps/ops/src/screens.ts';
import { paths as portalPaths } from '../../apps/portal/src/paths.ts';
import { screens as portalScreens } from '../../apps/portal/src/screens.ts';

/** Who stands before a screen. */
export type Viewer = 'office' | 'field' | 'customer' | 'nobody';

/** An address somebody can open, from the apps' own lists: a screen that is added is looked at from then on. */
export type Route = Readonly<{ name: string; viewer: Viewer; address: string }>;

/** The records that stand in addresses. */
export type Records = Readonly<{
  customer: string;
  invoice: string;
  myInvoice: string;
  payment: string;
  quote: string;
  run: string;
  job: string;
  serial: string;
  supplierBill: string;
  draftBill: string;
}>;

type Given = Readonly<Record<string, (records: Records) => Readonly<Record<string, string>>>>;

/** What a screen's address names; a screen with a name in its address and no line here fails the test. */
const OPS_GIVEN: Given = {
  client: ({ customer }) => ({ id: customer }),
  clientAccount: ({ customer }) => ({ id: customer }),
  payment: ({ payment }) => ({ id: payment }),
  item: () => ({ sku: 'FIBRE-1000' }),
  invoice: ({ invoice }) => ({ id: invoice }),
  quote: ({ quote }) => ({ id: quote }),
  run: ({ run }) => ({ id: run }),
  supplierBill: ({ supplierBill }) => ({ id: supplierBill }),
  editSupplierBill: ({ draftBill }) => ({ id: draftBill }),
  report: () => ({ report: 'revenus' }),
  ledgerAccount: () => ({ account: '1100' }),
  fieldJob: ({ job }) => ({ name: job }),
  fieldDevice: ({ serial }) => ({ serial }),
  // Nobody has this link: the screen says so.
  fieldLink: () => ({ token: 'x'.repeat(40) }),
};
const PORTAL_GIVEN: Given = { invoice: ({ myInvoice }) => ({ name: myInvoice }) };

const VIEWER_OF: Readonly<Record<OpsScreen['place'], Viewer>> = {
  office: 'office',
  field: 'field',
  alone: 'nobody',
};

/** Every address of both apps, and one in each that leads nowhere. */
export function everyRoute(records: Records): Route[] {
  const ops = Object.entries(opsScreens).map(([name, screen]) => ({
    name: `ops-${name}`,
    viewer: VIEWER_OF[screen.place],
    address: `/ops/#${filled({ name, path: pathOf(opsPaths, name), given: OPS_GIVEN[name]?.(records) })}`,
  }));
  const portal = Object.entries(portalScreens).map(([name, screen]) => ({
    name: `portal-${name}`,
    viewer: screen.open ? ('nobody' as const) : ('customer' as const),
    address: `/portal/#${filled({ name, path: pathOf(portalPaths, name), given: PORTAL_GIVEN[name]?.(records) })}`,
  }));
  return [
    ...ops,
    { name: 'ops-nowhere', viewer: 'office', address: '/ops/#/nowhere' },
    ...portal,
    { name: 'portal-nowhere', viewer: 'customer', address: '/portal/#/nowhere' },
  ];
}

const pathOf = (paths: Readonly<Record<string, string>>, name: string): string => paths[name] ?? '/';

function filled({
  name,
  path,
  given = {},
}: {
  name: string;
  path: string;
  given?: Readonly<Record<string, string>> | undefined;
}): string {
  return path.replaceAll(/:(\w+)/g, (_, key: string) => {
    const value = given[key];
    if (value === undefined)
      throw new Error(`say in e2e/src/routes.ts which ${key} opens the screen ${name}`);
    return encodeURIComponent(value);
  });
}

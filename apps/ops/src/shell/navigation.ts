import type { IconName } from '@gigafibre/ui';
import { paths, type RouteName } from '../paths.ts';
import { screens } from '../screens.ts';

export type NavigationItem = Readonly<{
  route: RouteName;
  label: string;
  icon: IconName;
  keys: string;
  /** Entries that follow one another under the same heading. */
  group?: 'nav.money' | 'nav.house';
}>;

/** The office's navigation in the order of a working day; `keys` go there from anywhere. */
const everything: readonly NavigationItem[] = [
  { route: 'home', label: 'nav.home', icon: 'home', keys: 'g h' },
  { route: 'clients', label: 'nav.clients', icon: 'users', keys: 'g c' },
  { route: 'quotes', label: 'nav.quotes', icon: 'file', keys: 'g s' },
  { route: 'dispatch', label: 'nav.dispatch', icon: 'truck', keys: 'g d' },
  { route: 'tickets', label: 'nav.tickets', icon: 'ticket', keys: 'g t' },
  { route: 'invoices', label: 'nav.invoices', icon: 'receipt', keys: 'g i', group: 'nav.money' },
  { route: 'runs', label: 'billing.runs', icon: 'refresh', keys: 'g b', group: 'nav.money' },
  { route: 'payments', label: 'money.payments.title', icon: 'card', keys: 'g a', group: 'nav.money' },
  { route: 'purchases', label: 'purchases.title', icon: 'list', keys: 'g u', group: 'nav.money' },
  { route: 'collections', label: 'collections.title', icon: 'clock', keys: 'g v', group: 'nav.money' },
  { route: 'network', label: 'nav.network', icon: 'router', keys: 'g n' },
  { route: 'telephony', label: 'nav.telephony', icon: 'phone', keys: 'g p' },
  { route: 'campaigns', label: 'nav.campaigns', icon: 'send', keys: 'g m' },
  { route: 'ocr', label: 'nav.ocr', icon: 'scan', keys: 'g o' },
  { route: 'agentFlows', label: 'nav.agentFlows', icon: 'link', keys: 'g f' },
  { route: 'reports', label: 'nav.reports', icon: 'chart', keys: 'g r', group: 'nav.house' },
  { route: 'catalog', label: 'catalog.title', icon: 'box', keys: 'g k', group: 'nav.house' },
  { route: 'team', label: 'nav.team', icon: 'shield', keys: 'g e', group: 'nav.house' },
  { route: 'settings', label: 'nav.settings', icon: 'settings', keys: 'g ,', group: 'nav.house' },
];

/** The entries whose screens exist. */
export const navigation: readonly NavigationItem[] = everything.filter(
  ({ route }) => screens[route] !== undefined,
);

/** Where one lands until there is a home page. */
export const landing = (): RouteName => navigation[0]?.route ?? 'login';

/** Whether an address belongs to an entry: its own, or one below it (`/clients/C-1` is under `/clients`). */
export function isUnder(path: string, route: RouteName): boolean {
  return path === paths[route] || (paths[route] !== '/' && path.startsWith(`${paths[route]}/`));
}

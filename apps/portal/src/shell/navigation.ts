import type { IconName } from '@gigafibre/ui';
import { screens } from '../screens.ts';
import { paths, type RouteName } from '../paths.ts';

export type NavigationItem = Readonly<{ route: RouteName; label: string; icon: IconName }>;

const everything: readonly NavigationItem[] = [
  { route: 'home', label: 'nav.home', icon: 'home' },
  { route: 'invoices', label: 'nav.invoices', icon: 'receipt' },
  { route: 'paymentMethods', label: 'nav.payments', icon: 'card' },
  { route: 'appointments', label: 'nav.appointments', icon: 'calendar' },
  { route: 'tickets', label: 'nav.tickets', icon: 'ticket' },
  { route: 'messages', label: 'nav.messages', icon: 'message' },
  { route: 'catalog', label: 'nav.catalog', icon: 'plus' },
  { route: 'me', label: 'nav.me', icon: 'user' },
];

/** The entries whose screens exist, in order. */
export const navigation: readonly NavigationItem[] = everything.filter(
  ({ route }) => screens[route] !== undefined,
);

/** Whether an address belongs to an entry: its own, or one below it (`/clients/C-1` is under `/clients`). */
export function isUnder(path: string, route: RouteName): boolean {
  return path === paths[route] || (paths[route] !== '/' && path.startsWith(`${paths[route]}/`));
}

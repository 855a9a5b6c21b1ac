import type { IconName } from '@gigafibre/ui';
import type { RouteName } from '../paths.ts';
import { screens } from '../screens.ts';

type Tab = Readonly<{ route: RouteName; label: string; icon: IconName }>;

const everything: readonly Tab[] = [
  { route: 'fieldDay', label: 'field.day', icon: 'calendar' },
  { route: 'fieldScan', label: 'field.scan', icon: 'scan' },
  { route: 'fieldDiagnostic', label: 'field.diagnostic', icon: 'gauge' },
  { route: 'fieldMore', label: 'field.more', icon: 'menu' },
];

/** The tabs under the thumb, those whose screens exist. */
export const fieldTabs: readonly Tab[] = everything.filter(({ route }) => screens[route] !== undefined);

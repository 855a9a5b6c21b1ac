import type { ReportName } from '@gigafibre/contract';
import type { IconName } from '@gigafibre/ui';

/** Every report by the word in its address, with its sign; the order is that of the page that lists them. */
export const REPORTS = [
  { slug: 'revenus', report: 'revenue', icon: 'chart' },
  { slug: 'ar', report: 'receivables', icon: 'clock' },
  { slug: 'paiements', report: 'payments', icon: 'card' },
  { slug: 'taxes', report: 'taxes', icon: 'receipt' },
  { slug: 'reportes', report: 'deferred', icon: 'calendar' },
  { slug: 'recurrents', report: 'recurring', icon: 'refresh' },
  { slug: 'retention', report: 'retention', icon: 'users' },
  { slug: 'ventes', report: 'sales', icon: 'arrow-up' },
  { slug: 'techniciens', report: 'technicians', icon: 'truck' },
] as const satisfies readonly { slug: string; report: ReportName; icon: IconName }[];

/** The report of an address; the first where the word is none. */
export const reportAt = (slug: unknown): ReportName =>
  REPORTS.find((one) => one.slug === slug)?.report ?? REPORTS[0].report;

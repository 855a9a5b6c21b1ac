import { REPORT_BYS, reportsOperations, type ReportBy } from '@gigafibre/contract';
import { civilDateOf, useNow } from '@gigafibre/ui';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { useClients } from '../shell/api.ts';
import { useAddress } from '../shell/use-address.ts';
import { nameOf, periodOf, type PeriodName } from './period.ts';
import { reportAt } from './report-names.ts';

const FORMATS = ['csv', 'xlsx', 'pdf'] as const;

/** The report that the address asks for: its days, its rows, the figure that is opened, its files. */
export function useReport() {
  const route = useRoute();
  const { office } = useClients();
  const { read, go, day } = useAddress();
  const now = useNow();
  const today = computed(() => civilDateOf(now.value));
  const report = computed(() => reportAt(route.params['report']));
  const bys = computed<readonly ReportBy[]>(() => REPORT_BYS[report.value]);
  const by = computed<ReportBy>({
    get: () => bys.value.find((one) => one === read('by')) ?? bys.value[0] ?? 'month',
    set: (value) => go({ by: value }),
  });
  const days = computed(() => {
    const usual = periodOf('year', today.value);
    const [from, to] = [day('from').value ?? usual.from, day('to').value ?? usual.to];
    return from <= to ? { from, to } : { from: to, to: from };
  });
  const period = computed<PeriodName | 'own'>({
    get: () => nameOf(days.value, today.value) ?? 'own',
    set: (name) => {
      if (name !== 'own') go({ ...periodOf(name, today.value) });
    },
  });
  const asked = computed(() => ({ report: report.value, by: by.value, ...days.value }));
  const seen = useHubQuery(reportsOperations.readReport, () => asked.value, { keepPrevious: true });
  const opened = computed(() => {
    const [column, row] = [read('column'), route.query['row']];
    return column === '' ? undefined : { column, row: typeof row === 'string' ? row : undefined };
  });
  const open = ({ column, row }: { column: string; row: string | undefined }) =>
    go({ column, row: row ?? '' });
  const close = () => go({ column: '', row: '' }, 'replace');
  const files = computed(() =>
    FORMATS.map((format) => ({
      format,
      href: office.urlOf(reportsOperations.exportReport, { ...asked.value, format }),
    })),
  );
  return { report, bys, by, days, period, seen, opened, open, close, files, go };
}

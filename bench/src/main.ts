import { parseArgs } from 'node:util';
import { demoReport } from './demo/report.ts';
import { documentsReport } from './documents.ts';
import { readsReport } from './reads/report.ts';
import { reportsReport } from './reports/report.ts';
import { routingReport } from './routing/report.ts';
import { runsReport } from './runs/report.ts';
import { startReport } from './start/report.ts';
import { visionReport } from './vision.ts';
import { webhooksReport } from './webhooks/report.ts';

/** What a report may be told on the command line. */
type Options = Readonly<{
  data: string | undefined;
  /** The first of the sizes, and all of them. */
  customers: number | undefined;
  sizes: readonly number[];
}>;

/** What can be measured, by name; without a name everything is. Figures are ratios and shares, not verdicts. */
const reports: Readonly<Record<string, (options: Options) => Promise<string>>> = {
  vision: visionReport,
  documents: documentsReport,
  reads: readsReport,
  start: startReport,
  demo: demoReport,
  runs: runsReport,
  reports: reportsReport,
  webhooks: webhooksReport,
  routing: routingReport,
};

/** Fewer make no history worth measuring. */
const CUSTOMERS_MIN = 50;

const USAGE = `npm run bench -- [NAMES] [--data DIR] [--customers N]

  NAMES          ${Object.keys(reports).join(', ')} (default: all)
  --data DIR     folder of the full demo company, made there at first and kept (default: a temporary one)
  --customers N  how large a company “demo” and “runs” make (default: the full one);
                 “runs” takes several sizes and says how it grows: 20000,100000,300000
`;

const { values, positionals: asked } = parseArgs({
  options: { data: { type: 'string' }, customers: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
});
const unknown = asked.filter((name) => reports[name] === undefined);
const sizes = values.customers === undefined ? [] : values.customers.split(',').map(Number);
const [customers] = sizes;
if (values.help) console.log(USAGE);
else if (unknown.length > 0) {
  console.error(`There is no report “${unknown.join(', ')}”.\n\n${USAGE}`);
  process.exitCode = 2;
} else if (sizes.some((size) => !(Number.isInteger(size) && size >= CUSTOMERS_MIN))) {
  console.error(`--customers takes whole numbers from ${CUSTOMERS_MIN} on, not “${values.customers}”.`);
  process.exitCode = 2;
} else {
  for (const [name, report] of Object.entries(reports)) {
    if (asked.length === 0 || asked.includes(name))
      console.log(`\n## ${name}\n\n${await report({ data: values.data, customers, sizes })}`);
  }
}

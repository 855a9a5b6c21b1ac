import { visionReport } from './vision.ts';

/** What can be measured, by name; without a name everything is. Figures are ratios and shares, not verdicts. */
const reports: Readonly<Record<string, () => Promise<string>>> = { vision: visionReport };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => reports[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no report “${unknown.join(', ')}”. Known: ${Object.keys(reports).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const [name, report] of Object.entries(reports)) {
    if (asked.length === 0 || asked.includes(name)) console.log(`\n## ${name}\n\n${await report()}`);
  }
}

import { existsSync, readFileSync } from 'node:fs';

/** How many tests ended how. */
export type Counts = Readonly<{ passed: number; failed: number; skipped: number }>;

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

/** The sum of two counts. */
export const plus = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The last line of a run. */
export const summary = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** The part of vitest's JSON report that is read here. */
type Report = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
}>;

/**
 * Reads what a run of vitest counted. A file that could not even be loaded counts as one failure, and so
 * does a run that failed outside any test or left no report.
 */
export function vitestCounts(reportFile: string, exitCode: number): Counts {
  if (!existsSync(reportFile)) return exitCode === 0 ? nothing : { ...nothing, failed: 1 };
  // Parsed edge: written a moment ago by the pinned vitest.
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

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

/** What a run of vitest counted, and each failure in a line: file, test, first line of what it said. */
export type Outcome = Readonly<{ counts: Counts; failures: readonly string[] }>;

/** The part of vitest's JSON report that is read here. */
type Report = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: readonly TestFile[];
}>;
type TestFile = Readonly<{
  name: string;
  status: string;
  message?: string;
  assertionResults: readonly { status: string; fullName: string; failureMessages?: readonly string[] }[];
}>;

/**
 * Reads what a run of vitest counted. A file that could not even be loaded counts as one failure, and so
 * does a run that failed outside any test or left no report.
 */
export function vitestOutcome(reportFile: string, exitCode: number): Outcome {
  if (!existsSync(reportFile))
    return exitCode === 0
      ? { counts: nothing, failures: [] }
      : { counts: { ...nothing, failed: 1 }, failures: ['it left no report'] };
  // Parsed edge: written a moment ago by the pinned vitest.
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  const failures = report.testResults.flatMap(failuresOf);
  if (failures.length === 0 && exitCode !== 0) failures.push('something outside any test');
  return {
    counts: {
      passed: report.numPassedTests,
      failed: failures.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    failures,
  };
}

function failuresOf({ name, status, message, assertionResults }: TestFile): string[] {
  if (status === 'failed' && assertionResults.length === 0) return [line([name, message])];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => line([name, test.fullName, test.failureMessages?.[0]]));
}

const LINE_LENGTH = 400;

const line = (parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => part?.trim().split('\n', 1)[0])
    .filter(Boolean)
    .join(' · ')
    .slice(0, LINE_LENGTH);

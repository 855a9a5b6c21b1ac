import { defineConfig } from 'vitest/config';

// One runner for everything. `unit` touches no database; `domain` and `journeys` clone a database per
// file from a template prepared once (packages/testing); `e2e` drives a real browser on a real hub.
const database = {
  globalSetup: ['packages/testing/src/global-setup.ts'],
  // Far above what any of them takes: a slow machine is not a fault of the product.
  testTimeout: 120_000,
  hookTimeout: 60_000,
  // A file waits for the server half of the time: two at once keep two cores busy.
  maxWorkers: 2,
  // A file has databases of its own and the hub keeps nothing between two of them, so what one file has loaded the
  // next may use: half the time of a run went into loading the hub again for each.
  isolate: false,
};
// What is waited for comes as soon as it can: the log's reader, for one, waits for whoever writes anywhere on the
// server, which other tests do. Only what never comes runs into this.
const expectations = { poll: { timeout: 30_000 } };
const setupFiles = ['scripts/lib/same-stories.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          expect: expectations,
          setupFiles,
          include: [
            'packages/*/**/*.test.ts',
            'simulators/**/*.test.ts',
            'apps/{ops,portal}/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'packages/testing/**', 'scripts/tidy.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'tidy', include: ['scripts/tidy.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'domain',
          expect: expectations,
          setupFiles,
          include: ['apps/hub/**/*.test.ts', 'packages/testing/**/*.test.ts'],
          ...database,
        },
      },
      {
        test: {
          name: 'journeys',
          expect: expectations,
          setupFiles,
          include: ['journeys/**/*.test.ts'],
          ...database,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: expectations,
          setupFiles,
          include: ['e2e/**/*.test.ts'],
          ...database,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

import { afterAll, expect, test } from 'vitest';
import { sharedData } from '@gigafibre/testing/shared-data';
import { accuracyOf, createLocalVision, readCollection } from './index.ts';

const folder = sharedData('barcodes');
const vision = createLocalVision({ contentMs: 0 });
afterAll(() => vision.close());

test.skipIf(folder === undefined)(
  'real pictures: all that are not hard are read, no fewer of any kind than by the reference, none misread (skipped without the collection)',
  { timeout: 600_000 },
  async () => {
    // What can be read is tested here, on whatever machine; how fast is for the bench.
    const options = { deadlineMs: 60_000, nowMs: () => performance.now() };
    const readings = await readCollection(vision, folder ?? '', options);
    const table = accuracyOf(readings);
    const lines = table.map(
      (row) => `${row.symbology} ${row.read}/${row.pictures} (reference ${row.referenceRead})`,
    );
    process.stdout.write(`vision accuracy: ${lines.join(', ')}\n`);
    expect(readings.filter((reading) => !reading.isHard && !reading.read).map(({ file }) => file)).toEqual(
      [],
    );
    for (const row of table) expect(row.read, row.symbology).toBeGreaterThanOrEqual(row.referenceRead);
    expect(readings.filter(({ misread }) => misread).map(({ file }) => file)).toEqual([]);
  },
);

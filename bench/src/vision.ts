import { accuracyOf, createLocalVision, readCollection } from '@gigafibre/outside/vision';
import { sharedData } from '@gigafibre/testing/shared-data';

/** Time a technician waits for a photograph to be read. */
const DEADLINE_MS = 8_000;

/**
 * How well and how fast the local engine reads real photographs with known answers: a table in Markdown, a row
 * for each kind of code. Says so in one line when the collection is not on this machine.
 */
export async function visionReport(): Promise<string> {
  const folder = sharedData('barcodes');
  if (folder === undefined) return 'vision: skipped, no collection of photographs on this machine';
  const vision = createLocalVision();
  try {
    const options = { deadlineMs: DEADLINE_MS, nowMs: () => performance.now() };
    const readings = await readCollection(vision, folder, options);
    const rows = accuracyOf(readings).map((row) => [
      row.symbology,
      row.pictures,
      row.read,
      row.referenceRead,
      row.misread,
      Math.round(row.medianMs),
      Math.round(row.slowestMs),
    ]);
    const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0);
    const heading = ['codes', 'pictures', 'read', 'reference reads', 'misread', 'median ms', 'slowest ms'];
    const lines = [
      heading,
      heading.map(() => '---'),
      ...rows,
      ['all', sum(1), sum(2), sum(3), sum(4), '', ''],
    ];
    return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  } finally {
    await vision.close();
  }
}

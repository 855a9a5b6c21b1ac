import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/**
 * Path of a file of the real-input collection, or undefined when the collection is not on this machine
 * (then a test says what it skipped). The collection lies beside the checkout or where GIGAFIBRE_DATA says.
 */
export function sharedData(...path: string[]): string | undefined {
  const base = process.env['GIGAFIBRE_DATA'] ?? join(root, '../shared/data');
  const file = join(base, ...path);
  return existsSync(file) ? file : undefined;
}

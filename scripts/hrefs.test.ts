import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { operations } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { root } from './lib/run-tool.ts';

/** `/api/quotes/${id}/contract?x=1` in a page, as far as its question mark. */
const HREF = /[`"'](\/api\/(?:[^`"'?$]|\$\{[^}]*\})+)/g;
const pages = ['apps/ops/src', 'apps/portal/src', 'packages/ui/src'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => path.join(folder, file)),
);
const answered = new Set(
  Object.values(operations)
    .flatMap((domain): { path: string }[] => Object.values(domain))
    .map((operation) => shape(operation.path, /\{[^}]*\}/g)),
);

test('every address of the hub that a page writes is one that the hub answers', () => {
  const written = pages.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(HREF)].map(([, href = '']) => ({ file, href })),
  );
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter(({ href }) => !answered.has(shape(href, /\$\{[^}]*\}/g)))).toEqual([]);
});

function shape(address: string, parameter: RegExp): string {
  return address.replaceAll(parameter, '*').replace(/\/$/, '');
}

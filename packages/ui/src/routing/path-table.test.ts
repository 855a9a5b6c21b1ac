import { expect, test } from 'vitest';
import { hrefsOf } from './path-table.ts';

const hrefOf = hrefsOf({ home: '/', invoice: '/invoices/:id', line: '/invoices/:id/lines/:line' });

test('an address is made from the table, with what people type made safe', () => {
  expect(hrefOf('home')).toBe('#/');
  expect(hrefOf('invoice', { id: 'INV-00012' })).toBe('#/invoices/INV-00012');
  expect(hrefOf('line', { id: 'a/b', line: '2' })).toBe('#/invoices/a%2Fb/lines/2');
  expect(hrefOf('home', {}, { search: 'Tremblay & fils' })).toBe('#/?search=Tremblay+%26+fils');
});

test('the compiler asks for the parameters of a path and refuses others', () => {
  // @ts-expect-error an invoice has an id
  expect(hrefOf('invoice', {})).toBe('#/invoices/');
});

/** A number as typed in either language, `-18,5` or `-18.5`: null when empty, undefined when it is not one. */
export function parseDecimal(text: string): number | null | undefined {
  const compact = text.replaceAll(/\s/g, '').replace('\u2212', '-');
  if (compact === '') return null;
  if (!/^-?\d{1,15}([.,]\d{1,6})?$/.test(compact)) return undefined;
  return Number(compact.replace(',', '.'));
}

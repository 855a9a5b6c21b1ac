import { z } from 'zod';

/** `123456782 RT0001`, however the spaces are typed; the first nine digits check themselves. */
export const gstNumber = z
  .string()
  .trim()
  .max(24)
  .transform((typed) => typed.replaceAll(/\s/g, '').toUpperCase())
  .pipe(
    z
      .string()
      .regex(/^\d{9}RT\d{4}$/, 'GST number')
      .refine((number) => passesLuhn(number.slice(0, 9)), 'GST number'),
  )
  .transform((number) => `${number.slice(0, 9)} ${number.slice(9)}`);
/** `1234567890 TQ0001`, however the spaces are typed. */
export const qstNumber = z
  .string()
  .trim()
  .max(24)
  .transform((typed) => typed.replaceAll(/\s/g, '').toUpperCase())
  .pipe(z.string().regex(/^\d{10}TQ\d{4}$/, 'QST number'))
  .transform((number) => `${number.slice(0, 10)} ${number.slice(10)}`);

function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const worth = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return sum % 10 === 0;
}

import { Refusal } from '@gigafibre/contract';
import type { OfferLine } from './quote.ts';

/** A fixed term as offered: its months, and what is taken off goods bought for the service, before taxes. */
export type OfferedTerm = Readonly<{ months: number; goodsRebateCents: bigint }>;

/** The account of equipment sold. */
const GOODS_ACCOUNT = '4070';
const isGoods = ({ frequency, kind, revenueAccount, amountCents }: OfferLine): boolean =>
  frequency === 'one_time' && amountCents > 0n && (kind === 'equipment' || revenueAccount === GOODS_ACCOUNT);

/**
 * The lines of an offer with the rebate of its term: a line of its own below each of the goods it is taken off, dearest
 * first, so that tax and revenue follow the goods. Refused `term_needs_service` without a service, and
 * `rebate_above_goods` when the goods cost less: only a rebate on goods may be asked back (CPA s. 214.7).
 */
export function withRebate(lines: readonly OfferLine[], term: OfferedTerm | null): OfferLine[] {
  if (term === null) return [...lines];
  if (!lines.some(({ frequency }) => frequency === 'monthly')) throw new Refusal('term_needs_service');
  const goods = lines.filter(isGoods).toSorted((a, b) => Number(b.amountCents - a.amountCents));
  const maxCents = goods.reduce((sum, { amountCents }) => sum + amountCents, 0n);
  if (term.goodsRebateCents > maxCents)
    throw new Refusal('rebate_above_goods', { maxCents: Number(maxCents) });
  let left = term.goodsRebateCents;
  const rebates = goods.flatMap((line) => {
    const off = left < line.amountCents ? left : line.amountCents;
    left -= off;
    return off === 0n ? [] : [rebateOn(line, off)];
  });
  return [...lines, ...rebates];
}

const rebateOn = (line: OfferLine, offCents: bigint): OfferLine => ({
  ...line,
  nameFr: `Rabais à la signature : ${line.nameFr}`,
  nameEn: `Rebate at signing: ${line.nameEn}`,
  quantity: 1,
  unitCents: -offCents,
  amountCents: -offCents,
});

import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { civilDate, instant, line } from './values.ts';

const PROVINCES = ['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'] as const;

const taxRate = z.object({
  tax: z.enum(['GST', 'QST', 'HST']),
  provinces: z.array(z.enum(PROVINCES)).min(1).max(PROVINCES.length),
  /** Thousandths of a per cent: 9 975 is 9.975 %. */
  thousandths: z.int().min(0).max(100_000),
});

/** Every province has a tax, and no tax twice: no rate is not a rate of zero. */
const taxRates = z
  .array(taxRate)
  .min(1)
  .max(40)
  .refine(
    (rates) => PROVINCES.every((province) => rates.some(({ provinces }) => provinces.includes(province))),
    'a province has no tax',
  )
  .refine((rates) => {
    const named = rates.flatMap(({ tax, provinces }) => provinces.map((province) => `${province} ${tax}`));
    return new Set(named).size === named.length;
  }, 'a tax stands twice for a province');

/** What the law sets and changes, each with what it says. */
export const ruleValues = {
  /** Sales taxes by place of supply. */
  tax_rates: taxRates,
  /** The 9-1-1 municipal tax of Quebec: cents a telephone line and month, before taxes. */
  municipal_911: z.object({ cents: z.int().min(0).max(10_000) }),
  /**
   * Who ends a fixed term early without a rebate on goods: at most `maxCents`, or `percent` of what is left to pay for
   * when that is less. A rebate without a term melts over `rebateMonths`.
   */
  early_end: z.object({
    maxCents: z.int().min(0).max(1_000_000),
    percent: z.int().min(0).max(100),
    rebateMonths: z.int().min(1).max(120),
  }),
} as const;
export const ruleName = z.enum(['tax_rates', 'municipal_911', 'early_end']);
export type RuleName = z.output<typeof ruleName>;
export type RuleValue<Name extends RuleName> = z.output<(typeof ruleValues)[Name]>;

const ruleEdition = z.object({
  rule: ruleName,
  /** It holds from this day until the next edition of its rule. */
  from: civilDate,
  value: z.union([ruleValues.tax_rates, ruleValues.municipal_911, ruleValues.early_end]),
  /** The law that says so. */
  law: z.string(),
  addedAt: instant,
  addedBy: z.string(),
});

export const rulesOperations = {
  listRules: query({
    name: 'rules.list',
    path: '/api/rules',
    summary: 'Every edition of every rule of law that is kept by its day, oldest first.',
    allow: 'billing.read',
    input: z.object({}),
    output: z.object({ rows: z.array(ruleEdition) }),
  }),
  addRule: command({
    name: 'rules.add',
    path: '/api/rules',
    summary: 'Says what a rule of law is from a day to come. What was issued before stays as it is.',
    allow: 'settings.system',
    input: ruleEdition.omit({ addedAt: true, addedBy: true }).extend({ law: line(200) }),
    output: ruleEdition,
    refusals: ['rule_value', 'rule_day', 'rule_day_taken'],
  }),
};

export const rulesEvents = {
  ruleAdded: event({
    type: 'rule.added',
    subject: 'rule',
    data: z.object({ from: civilDate, law: z.string() }),
    seenWith: 'billing.read',
    stale: ['rules.list'],
  }),
};

import { expect, test } from 'vitest';
import { EXAMPLE_CONTRACT } from '../examples/contract.ts';
import { contractText } from './contract-text.ts';
import type { ContractValues } from './contract-values.ts';

const VARIANTS: Record<string, ContractValues> = {
  'fixed term': EXAMPLE_CONTRACT,
  'indeterminate term': { ...EXAMPLE_CONTRACT, fixedTerm: undefined },
  'with telephone': { ...EXAMPLE_CONTRACT, includesTelephone: true },
  'no promotion, nothing one-time': {
    ...EXAMPLE_CONTRACT,
    promotions: [],
    oneTime: { lines: [], subtotalCents: 0n, taxes: [], totalCents: 0n },
  },
  'rebated device': { ...EXAMPLE_CONTRACT, cancellation: { is: 'rebate', rebateCents: 24_000n } },
};

function words(values: ContractValues, language: 'fr' | 'en'): string {
  return JSON.stringify(contractText(values, language));
}

test.each(Object.entries(VARIANTS))(
  '%s: both languages have the same articles, made of the same parts',
  (_, values) => {
    const [fr, en] = [contractText(values, 'fr'), contractText(values, 'en')];
    expect(en.summary.map((row) => row.lines.length)).toEqual(fr.summary.map((row) => row.lines.length));
    expect(en.clauses.map((clause) => clause.blocks.map((block) => block.is))).toEqual(
      fr.clauses.map((clause) => clause.blocks.map((block) => block.is)),
    );
  },
);

test.each(Object.entries(VARIANTS))('%s: both languages state the same amounts', (_, values) => {
  const cents = (text: string): readonly string[] =>
    (text.match(/\$?\d[\d\u00A0 ,.]*[.,]\d{2}(?!\d)/g) ?? []).map((amount) => amount.replaceAll(/\D/g, ''));
  expect(cents(words(values, 'en'))).toEqual(cents(words(values, 'fr')));
});

test('no contract renews itself, charges a fee for lateness, or limits liability', () => {
  for (const values of Object.values(VARIANTS)) {
    const text = words(values, 'fr');
    expect(text).not.toContain('se renouvelle automatiquement');
    expect(text).toContain('Aucune autre somme n’est exigée en cas de retard');
    expect(text).toContain('Rien dans ce contrat ne limite notre responsabilité');
  }
});

test('the indemnity is the one the law allows for each kind of contract', () => {
  const rule = (cancellation: ContractValues['cancellation'], fixed = true): string =>
    words({ ...EXAMPLE_CONTRACT, cancellation, ...(fixed ? {} : { fixedTerm: undefined }) }, 'fr');
  expect(rule({ is: 'free' })).toContain('Aucune indemnité ni aucuns frais de résiliation');
  expect(rule({ is: 'capped' })).toContain('au moindre de 50 $ et de 10 % du prix des services');
  const rebate = { is: 'rebate', rebateCents: 24_000n } as const;
  expect(rule(rebate)).toContain('diminué de 1/24 pour chaque mois écoulé');
  expect(rule(rebate, false)).toContain('diminué de 1/48 pour chaque mois écoulé');
  expect(rule(rebate, false)).toContain('art. 214.8');
});

test('interest is written per month and per year, or not at all', () => {
  expect(words(EXAMPLE_CONTRACT, 'fr')).toMatch(/1,5\s% par mois, soit 18\s% par année/);
  expect(words({ ...EXAMPLE_CONTRACT, interest: undefined }, 'fr')).toContain('ne porte pas intérêt');
});

test('the English contract records when French was presented and English chosen', () => {
  const languageChoice = {
    frenchPresentedAt: new Date('2026-11-21T14:58:12Z'),
    englishChosenAt: new Date('2026-11-21T14:59:40Z'),
  };
  expect(words({ ...EXAMPLE_CONTRACT, languageChoice }, 'en').replaceAll('\u00A0', ' ')).toContain(
    'The French version was presented to you on November 21, 2026, 9:58 a.m.; you chose English on November 21, 2026, 9:59 a.m.',
  );
});

import type { Language } from '../language.ts';
import type { Clause, SummaryRow } from './clause.ts';
import { clausesEn } from './clauses-en.ts';
import { clausesFr } from './clauses-fr.ts';
import type { ContractValues } from './contract-values.ts';
import { summaryRows } from './summary.ts';

/** The words of a contract, the same on paper and on the signing page. */
export type ContractText = { readonly summary: readonly SummaryRow[]; readonly clauses: readonly Clause[] };

/** The critical information summary and the clauses of a contract, in one language. */
export function contractText(values: ContractValues, language: Language): ContractText {
  return {
    summary: summaryRows(values, language),
    clauses: language === 'fr' ? clausesFr(values) : clausesEn(values),
  };
}

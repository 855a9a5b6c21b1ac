/** A piece of a clause. `charges` is the place of a price table. */
export type ClauseBlock =
  | { readonly is: 'paragraph'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly string[] }
  | { readonly is: 'charges'; readonly which: 'recurring' | 'oneTime' };

/** A numbered part of the contract. */
export type Clause = { readonly title: string; readonly blocks: readonly ClauseBlock[] };

/** A row of the critical information summary: what it is about, and its sentences. */
export type SummaryRow = { readonly topic: string; readonly lines: readonly string[] };

/** A paragraph of a clause. */
export function say(text: string): ClauseBlock {
  return { is: 'paragraph', text };
}

/** A list in a clause. */
export function list(...items: readonly string[]): ClauseBlock {
  return { is: 'list', items };
}

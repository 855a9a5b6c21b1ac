/** What a rule is asked with: how many tries were made, and what the best plan so far costs. */
export type Standing = Readonly<{ tries: number; best: number }>;

/** Says how far the search has come: 0 at the beginning, 1 when it is to stop. Asked often; it must be quick. */
export type StopRule = (standing: Standing) => number;

/** A column of a table. `text` is what is shown unless the table has a slot `cell-<key>`. */
export type Column<Row> = Readonly<{
  key: string;
  label: string;
  /** The label is read aloud only: what stands in the column speaks for itself. */
  labelUnseen?: boolean;
  /** Figures and money go to the right. */
  align?: 'left' | 'right';
  sortable?: boolean;
  /** A CSS width, for columns whose content has one. */
  width?: string;
  /** Left out where the table is narrow (a phone). */
  wideOnly?: boolean;
  text?: (row: Row) => string | null;
}>;

export type Sort = Readonly<{ key: string; direction: 'ascending' | 'descending' }>;

/** The sort after a click on a column's head: ascending, then descending, then ascending again. */
export function nextSort(sort: Sort | undefined, key: string): Sort {
  const turned = sort?.key === key && sort.direction === 'ascending';
  return { key, direction: turned ? 'descending' : 'ascending' };
}

/**
 * How every document looks: one page size, one type family in four weights, one accent, measures in points
 * (1/72 inch). Figures are tabular wherever they stand in columns.
 */
export const PAGE = { width: 612, height: 792, left: 54, right: 54, top: 78, bottom: 74 } as const;

/** Width between the side margins. */
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;

/** The lowest point text may reach. */
export const CONTENT_BOTTOM = PAGE.height - PAGE.bottom;

export const COLOR = {
  ink: '#14212B',
  muted: '#566470',
  hairline: '#D5DCE1',
  panel: '#F1F6F6',
  accent: '#0A5C63',
  spark: '#1AA79A',
  warn: '#8A5200',
  bad: '#A3231B',
  good: '#1B6B3A',
  white: '#FFFFFF',
} as const;

/** Type sizes. */
export const SIZE = { title: 21, lead: 25, heading: 11.5, body: 9.5, small: 8.5, fine: 7.5 } as const;

/** Extra space between lines, as a share of the type size. */
export const LEADING = 0.28;

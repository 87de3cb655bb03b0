import type { ColumnMatch } from '../../data/match-columns'
import type { MissingHistory } from '../../data/derived/missing-history'
import type { UnseenCells } from '../../data/unseen'
import { plural } from './words'

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

/** How a new table fits the training table, as lines for the user; none where it fits in every way. */
export function matchNotes({ found, absent, extra, reordered }: ColumnMatch): string[] {
  return [
    ...(absent.length
      ? [`Missing and taken as empty: ${listed(absent)}; ${plural(found.length, 'column')} found.`]
      : []),
    ...(extra.length ? [`Not used, as training did not know them: ${listed(extra)}.`] : []),
    ...(reordered ? ['The columns come in another order than in training; they are matched by name.'] : []),
  ]
}

/** A line for each input from earlier rows that a table lacks for some of its rows. */
export const historyNotes = (missing: readonly MissingHistory[]): string[] =>
  missing.map(
    ({ column, rows }) =>
      `Column "${column}": ${plural(rows, 'row')} without the earlier rows that it comes from; filled as in training.`,
  )

/** A line for each column with categories that training never saw. */
export const unseenNotes = (unseen: readonly UnseenCells[]): string[] =>
  unseen.map(
    ({ column, cells, levels }) =>
      `Column "${column}": ${plural(cells, 'cell')} with a category that training never saw, such as ${listed(levels)}.`,
  )

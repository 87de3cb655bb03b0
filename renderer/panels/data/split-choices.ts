import { commonMark } from '../../../core/data/splits/marker'
import { splitKinds } from '../../../core/data/splits/kinds'
import type { SplitKind } from '../../../core/data/splits/split-kind'
import type { ColumnSummary } from '../../../core/data/prepared'
import type { ColumnRole, SplitSettings } from '../../../core/experiment/schema'

export type Strategy = SplitSettings['strategy']

/** A column as a split sees it: what it holds, and its role in the experiment. */
export interface SplitColumn {
  readonly summary: ColumnSummary
  readonly role: ColumnRole
}

const fits: Readonly<Record<NonNullable<SplitKind['by']>, (column: ColumnSummary) => boolean>> = {
  group: ({ distinct, count }) => distinct > 1 && distinct < count,
  time: ({ type, distinct }) => distinct > 1 && type !== 'boolean',
  split: ({ top, distinct }) => top !== undefined && distinct > 1 && distinct <= 12,
}
/** Columns that a strategy would sooner go by than others. */
const likely: typeof fits = {
  group: ({ type }) => type === 'category' || type === 'text',
  time: ({ type }) => type === 'date',
  split: ({ top = [] }) => top.every(({ value }) => commonMark(value) !== undefined),
}

/** The columns that a strategy could go by, the likeliest first; null where it needs none. */
export function columnsFor(strategy: Strategy, columns: readonly SplitColumn[]): SplitColumn[] | null {
  const { by } = splitKinds[strategy]
  if (!by) return null
  const rank = ({ role, summary }: SplitColumn): number => (role === by ? 0 : likely[by](summary) ? 1 : 2)
  return columns
    .filter(({ role, summary }) => role === by || (role !== 'target' && fits[by](summary)))
    .sort((a, b) => rank(a) - rank(b))
}

/** The strategies that fit a table: with classes or without, and with a column to go by where one is needed. */
export const fittingStrategies = (columns: readonly SplitColumn[], hasClasses: boolean): Strategy[] =>
  (Object.keys(splitKinds) as Strategy[]).filter(
    (strategy) => (strategy !== 'stratified' || hasClasses) && columnsFor(strategy, columns)?.length !== 0,
  )

/** The settings of a strategy with the column that it goes by; what only another strategy needs is gone. */
export function withStrategy(
  { by: _by, marks: _marks, ...split }: SplitSettings,
  strategy: Strategy,
  columns: readonly SplitColumn[],
): SplitSettings {
  const first = columnsFor(strategy, columns)?.[0]
  return { ...split, strategy, ...(first && { by: first.summary.name }) }
}

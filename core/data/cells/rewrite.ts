import type { ColumnSettings } from '../../experiment/schema'
import type { RawColumn } from '../raw'
import { isCoded, type Column } from '../table'
import type { NumberMarks } from './number'
import { readings } from './rules/registry'

/** How cells are read that a file writes in several ways; recorded in the experiment, and so replayed on every further file. */
export type ReadingRule = NonNullable<ColumnSettings['reading']>
export type RuleName = keyof ReadingRule

/** What every rule that is set makes of something, in the order in which rules are taken. */
function ways<T>(
  reading: ReadingRule,
  wayOf: (kind: (typeof readings.list)[number], rule: unknown) => ((value: T) => T) | undefined,
): ((value: T) => T)[] {
  return readings.list.flatMap((kind) => {
    const rule = reading[kind.type as RuleName]
    const way = rule === undefined ? undefined : wayOf(kind, rule)
    return way ? [way] : []
  })
}

/** The column as if its file had written each cell in one way; cells that no rule is for stay as they are. */
export function rewriteCells(
  column: RawColumn,
  reading: ReadingRule | undefined,
  marks: NumberMarks,
): RawColumn {
  const rewriters = reading ? ways<string>(reading, (kind, rule) => kind.rewriter?.(rule, marks)) : []
  if (rewriters.length === 0) return column
  const places = new Map<string, number>()
  const placeOf = column.levels.map((level) => {
    const cell = rewriters.reduce((text, rewrite) => rewrite(text), level)
    const place = places.get(cell) ?? places.size
    places.set(cell, place)
    return place
  })
  return { ...column, codes: column.codes.map((code) => placeOf[code]!), levels: [...places.keys()] }
}

/** Whether a rule is for cells as they are written; limits are for the numbers that were read. */
export const needsWords = (reading: ReadingRule): boolean =>
  readings.list.some(({ type, rewriter }) => rewriter && reading[type as RuleName] !== undefined)

/** The column after the rules for numbers that were read, such as limits; words have none. */
export function reworkNumbers(column: Column, reading: ReadingRule | undefined): Column {
  if (!reading || isCoded(column)) return column
  const reworkers = ways<number>(reading, (kind, rule) => kind.number?.(rule))
  return reworkers.reduce(
    (reworked, rework) => ({ ...reworked, values: reworked.values.map((value) => rework(value)) }),
    column,
  )
}

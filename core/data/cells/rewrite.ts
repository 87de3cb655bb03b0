import type { ColumnSettings } from '../../experiment/schema'
import type { RawColumn } from '../raw'
import { parseNumber, type NumberMarks } from './number'
import { splitUnit } from './unit'

/** How cells are read that a file writes in several ways; recorded in the experiment, and so replayed on every further file. */
export type ReadingRule = NonNullable<ColumnSettings['reading']>

/** The column as if its file had written each cell in one way; cells that no rule is for stay as they are. */
export function rewriteCells(
  column: RawColumn,
  rule: ReadingRule | undefined,
  marks: NumberMarks,
): RawColumn {
  if (!rule || !needsWords(rule)) return column
  const rewrite = rewriter(rule, marks)
  const places = new Map<string, number>()
  const placeOf = column.levels.map((level) => {
    const cell = rewrite(level)
    const place = places.get(cell) ?? places.size
    places.set(cell, place)
    return place
  })
  return { ...column, codes: column.codes.map((code) => placeOf[code]!), levels: [...places.keys()] }
}

function rewriter({ replace = {}, decimals, units }: ReadingRule, marks: NumberMarks) {
  const replaced = new Map(Object.entries(replace))
  return (level: string): string => {
    const cell = replaced.get(level.trim()) ?? level
    const marked = decimals === 'both' ? writeNumber(readEither(cell), cell, marks) : cell
    return units ? withoutUnit(marked, units, marks) : marked
  }
}

/** Whether a rule is for cells as they are written; limits are for the numbers that were read. */
export const needsWords = ({ replace, decimals, units }: ReadingRule): boolean =>
  replace !== undefined || decimals !== undefined || units !== undefined

/** A number with a point or a comma before its decimals: the last mark of a cell is the decimal one, unless it occurs more than once. */
export function readEither(cell: string): number {
  for (const thousands of ['', undefined] as const)
    for (const decimal of ['.', ','] as const) {
      const value = parseNumber(cell, decimal, thousands)
      if (!Number.isNaN(value)) return value
    }
  return NaN
}

function withoutUnit(cell: string, units: NonNullable<ReadingRule['units']>, marks: NumberMarks): string {
  const found = splitUnit(cell, marks)
  const unit = found && Object.hasOwn(units, found.unit) ? units[found.unit] : undefined
  if (!found || unit === undefined) return cell
  const { times, plus } = typeof unit === 'number' ? { times: unit, plus: 0 } : unit
  return writeNumber(found.value * times + plus, cell, marks)
}

/** As a file with these marks would write it. Twelve digits are more than a measurement has, and hide 0.1 × 3 = 0.30000000000000004. */
const writeNumber = (value: number, otherwise: string, { decimal }: NumberMarks): string =>
  Number.isNaN(value) ? otherwise : String(Number(value.toPrecision(12))).replace('.', decimal)

import { isCoded, type Column } from '../table'
import type { DerivedContext, DerivedKind, SettingsOf } from './derived-kind'
import { needColumn } from './need-column'

/** The value of some rows before, in the same series; missing where the series has none. */
export const lag: DerivedKind<SettingsOf<'lag'>> = {
  make: (name, { column, steps }, context) =>
    shift(name, needColumn(column, context.columns), steps, context, reasonOf(column, steps, 'before')),
  reads: ({ column, steps }) => new Map([[column, -steps]]),
}

/** The value of some rows later: what is to be predicted, and never an input. */
export const lead: DerivedKind<SettingsOf<'lead'>> = {
  make: (name, { column, steps }, context) =>
    shift(name, needColumn(column, context.columns), -steps, context, reasonOf(column, steps, 'later')),
  reads: ({ column, steps }) => new Map([[column, steps]]),
}

const reasonOf = (column: string, steps: number, where: string): string =>
  steps === 0
    ? `Computed: ${column} of the same row.`
    : `Computed: ${column}, ${steps} ${steps === 1 ? 'row' : 'rows'} ${where}.`

function shift(name: string, column: Column, steps: number, context: DerivedContext, reason: string): Column {
  const from = new Int32Array(context.rowCount).fill(-1)
  for (const rows of context.series())
    for (let i = 0; i < rows.length; i++) from[rows[i]!] = rows[i - steps] ?? -1
  if (isCoded(column))
    return {
      ...column,
      name,
      reason,
      codes: Int32Array.from(from, (row) => (row < 0 ? -1 : column.codes[row]!)),
    }
  return {
    ...column,
    name,
    reason,
    values: Float64Array.from(from, (row) => (row < 0 ? NaN : column.values[row]!)),
  }
}

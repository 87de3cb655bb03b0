import type { Column } from '../table'
import { compileFormula } from './compile-formula'
import type { DerivedKind, SettingsOf } from './derived-kind'

/** A formula of other columns in the same row. */
export const formula: DerivedKind<SettingsOf<'formula'>> = {
  make: (name, text, { columns, rowCount, origin }): Column => {
    const { read, isYesNo } = compileFormula(text, columns, origin)
    const values = new Float64Array(rowCount)
    for (let row = 0; row < rowCount; row++) values[row] = read(row)
    const reason = `Computed: ${text}`
    return isYesNo
      ? { name, type: 'boolean', values, reason, labels: ['no', 'yes'] }
      : { name, type: 'number', values, reason }
  },
  reads: (text, columns) => new Map(compileFormula(text, columns).columns.map((name) => [name, 0])),
}

import { parseNumber } from '../cells/number'
import { isCoded, type CodedColumn } from '../table'
import type { Finding } from './finding'
import { shownRows } from './finding'
import type { FindingKind } from './kind'
import { listed, percent, plural } from './words'

const withUnit = /^([+-−]?[\d.,' ]*\d)\s*([A-Za-zµμ°€$£¥Ω][A-Za-z0-9µμ°€$£¥Ω/²³^]{0,7})$/
const mostly = 0.8

/** Measurements that carry their unit, or several, in the cells. */
export const mixedUnits: FindingKind = {
  code: 'mixed-units',
  label: 'units written into the cells',
  find: ({ table, data }) =>
    table.columns.flatMap((column) => (isCoded(column) ? unitsIn(column, data.csv.decimal ?? '.') : [])),
}

function unitsIn(column: CodedColumn, decimal: '.' | ','): Finding[] {
  const { levels, codes, name } = column
  const units = levels.map((level) => unitOf(level, decimal))
  if (units.filter((unit) => unit).length < 2) return []
  const cellsWith = new Map<string, number>()
  let [filled, measured] = [0, 0]
  for (const code of codes) {
    if (code < 0) continue
    filled++
    const unit = units[code]
    if (unit === undefined) continue
    measured++
    cellsWith.set(unit, (cellsWith.get(unit) ?? 0) + 1)
  }
  const named = [...cellsWith].filter(([unit]) => unit !== '').sort((a, b) => b[1] - a[1])
  if (measured < filled * mostly || named.length === 0) return []
  // A handful of labels, each in most rows, are names such as "4x4", not measurements.
  const [main] = named[0]!
  const rows = rowsBut(codes, units, main)
  const counts = [...named, ...(cellsWith.has('') ? [['no unit', cellsWith.get('')!] as const] : [])]
  return [
    {
      code: 'mixed-units',
      severity: 'warning',
      expected: 'numbers alone, all in one unit',
      came:
        counts.length === 1
          ? `numbers that end in "${main}" in ${percent(measured / filled)} of the cells`
          : `${counts.map(([unit, count]) => `${unit} in ${plural(count, 'cell')}`).join(', ')}`,
      advice:
        counts.length === 1
          ? `As words they have no size. Write the unit into the column's name, and the cells without ${listed([main])}.`
          : 'Convert the cells to one unit, and write it into the name of the column.',
      place: { column: name, ...(rows[0] !== undefined && { row: rows[0] }) },
      columns: [name],
      ...(rows.length > 0 && { rows }),
    },
  ]
}

/** The unit after a number, '' for a number without one, nothing where there is no number. */
function unitOf(cell: string, decimal: '.' | ','): string | undefined {
  if (!Number.isNaN(parseNumber(cell, decimal))) return ''
  const found = withUnit.exec(cell.trim())
  if (!found) return undefined
  const [, number = '', unit = ''] = found
  return Number.isNaN(parseNumber(number, decimal)) ? undefined : unit
}

function rowsBut(codes: Int32Array, units: readonly (string | undefined)[], main: string): number[] {
  const rows: number[] = []
  for (let row = 0; row < codes.length && rows.length < shownRows; row++)
    if (codes[row]! >= 0 && units[codes[row]!] !== main) rows.push(row + 1)
  return rows
}

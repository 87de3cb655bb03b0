import { toMainUnit } from '../cells/rules/units'
import { splitUnit } from '../cells/unit'
import { isCoded, type CodedColumn } from '../table'
import type { Finding } from './finding'
import type { Fix } from './fix'
import { shownRows } from './finding'
import type { TableKind } from './kind'
import { asNumbers, readAnew } from './read-anew'
import type { TableScene } from './scene'
import { percent, plural } from './words'

const mostly = 0.8

/** Measurements that carry their unit, or several, in the cells. */
export const mixedUnits: TableKind = {
  code: 'mixed-units',
  ofTable: true,
  label: 'units written into the cells',
  find: (scene) => scene.table.columns.flatMap((column) => (isCoded(column) ? unitsIn(column, scene) : [])),
}

function unitsIn(column: CodedColumn, scene: TableScene): Finding[] {
  const { levels, codes, name } = column
  const { decimal = '.', thousands } = scene.data.csv
  const units = levels.map((level) => splitUnit(level, { decimal, thousands })?.unit)
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
          ? 'As words they have no size. Read them without their unit.'
          : 'As words they have no size. Read all of them in one unit.',
      place: { column: name, ...(rows[0] !== undefined && { row: rows[0] }) },
      columns: [name],
      ...(rows.length > 0 && { rows }),
      fix: toOneUnit(name, main, [...cellsWith.keys()], filled - measured, scene),
    },
  ]
}

/** All cells in the most frequent unit, as far as units are known; a number without one is taken to be in it. */
function toOneUnit(
  name: string,
  main: string,
  all: readonly string[],
  others: number,
  scene: TableScene,
): Fix {
  const units = toMainUnit(main, all)
  const known = Object.keys(units)
  const converted = known.filter((unit) => unit !== '' && unit !== main)
  const isLost = others > 0 || known.length < all.length
  const words = [
    `Read ${name} as numbers in ${main}`,
    ...(converted.length > 0 ? [`${converted.join(', ')} converted`] : []),
    ...(all.includes('') ? [`cells without a unit taken to be in ${main}`] : []),
    ...(isLost ? ['all others missing'] : []),
  ]
  return {
    label: words.join(', '),
    change: readAnew(
      scene,
      name,
      { units },
      { ...asNumbers(scene, name), ...(isLost && { unreadable: 'missing' }) },
    ),
  }
}

function rowsBut(codes: Int32Array, units: readonly (string | undefined)[], main: string): number[] {
  const rows: number[] = []
  for (let row = 0; row < codes.length && rows.length < shownRows; row++)
    if (codes[row]! >= 0 && units[codes[row]!] !== main) rows.push(row + 1)
  return rows
}

import { parseNumber } from '../cells/number'
import { isCoded } from '../table'
import { shownRows, type Finding } from './finding'
import type { TableKind } from './kind'
import { asNumbers, readAnew } from './read-anew'
import { plural } from './words'

const mostly = 0.8

/** Numbers of which some are written with a comma and some with a point. */
export const mixedDecimals: TableKind = {
  code: 'mixed-decimals',
  ofTable: true,
  label: 'two decimal marks in one column',
  find: (scene) =>
    scene.table.columns.flatMap((column): Finding[] => {
      if (!isCoded(column)) return []
      const { codes, levels, name } = column
      const marks = levels.map(markOf)
      if (!marks.includes('point') || !marks.includes('comma')) return []
      const counts = { point: 0, comma: 0, any: 0, none: 0 }
      const rows: Record<string, number[]> = { point: [], comma: [] }
      codes.forEach((code, row) => {
        if (code < 0) return
        const mark = marks[code]!
        counts[mark]++
        if (rows[mark] && rows[mark].length < shownRows) rows[mark].push(row + 1)
      })
      const numbers = counts.point + counts.comma + counts.any
      const filled = numbers + counts.none
      if (counts.point === 0 || counts.comma === 0 || numbers < filled * mostly) return []
      const rare = counts.point < counts.comma ? 'point' : 'comma'
      const first = rows[rare]![0]!
      return [
        {
          code: 'mixed-decimals',
          severity: 'warning',
          expected: 'one decimal mark in the whole column',
          came: `a point in ${plural(counts.point, 'cell')} and a comma in ${plural(counts.comma, 'cell')}, such as "${levels[codes[first - 1]!]!}" in row ${first}`,
          advice:
            'As they are, they are words. Read both marks, or write all numbers of the column in the same way.',
          place: { column: name, row: first },
          columns: [name],
          rows: rows[rare]!,
          fix: {
            label: `Read ${name} with a point or a comma before decimals`,
            change: readAnew(
              scene,
              name,
              { decimals: 'both' },
              // What is a number in neither way stays to be looked at, among the unreadable cells.
              { ...asNumbers(scene, name), ...(counts.none > 0 && { unreadable: 'missing' }) },
            ),
          },
        },
      ]
    }),
}

/** Which decimal mark makes a number of the cell. */
function markOf(cell: string): 'point' | 'comma' | 'any' | 'none' {
  const [point, comma] = [!Number.isNaN(parseNumber(cell, '.')), !Number.isNaN(parseNumber(cell, ','))]
  if (point && comma) return 'any'
  return point ? 'point' : comma ? 'comma' : 'none'
}

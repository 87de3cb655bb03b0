import { defaultMissing } from '../cells/missing'
import { isCoded, type Column } from '../table'
import { shownRows, type Finding } from './finding'
import type { TableKind } from './kind'
import { endsOf, type TableScene } from './scene'
import { plural, short } from './words'

/** Numbers that are written where nothing was measured. */
const markers = [-1, -9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999, -32768, 32767, -1e30]

/** A number such as -999, far off all others and always the same, that stands for "not measured". */
export const markerNumbers: TableKind = {
  code: 'marker-number',
  ofTable: true,
  label: 'numbers such as -999 that stand for missing cells',
  find: (scene) =>
    [...scene.features.map(({ column }) => column), ...scene.goals.map(({ target }) => target)].flatMap(
      (column) => find(column, scene),
    ),
}

function find(column: Column, scene: TableScene): Finding[] {
  if (isCoded(column) || column.type !== 'number' || scene.pixels.has(column.name)) return []
  const { values, name } = column
  const ends = scene.ends(values)
  const marker = markers.find((candidate) => candidate === ends.least || candidate === ends.most)
  if (marker === undefined) return []
  const rest = endsOf(values, scene.rows, marker)
  const gap = marker === ends.least ? rest.least - marker : marker - rest.most
  if (!(rest.most > rest.least) || gap < 2 * (rest.most - rest.least)) return []
  const rows = scene.rows.filter((row) => values[row] === marker)
  if (rows.length < 2) return []
  const missing = [...(scene.data.csv.missing ?? defaultMissing), String(marker)]
  return [
    {
      code: 'marker-number',
      severity: 'warning',
      expected: `numbers from ${short(rest.least)} to ${short(rest.most)}, as in all other rows`,
      came: `${marker} in ${plural(rows.length, 'row')}, first row ${rows[0]! + 1}`,
      advice: 'It looks like a mark for cells that were not measured. Let it count as missing.',
      place: { column: name, row: rows[0]! + 1 },
      columns: [name],
      rows: [...rows].slice(0, shownRows).map((row) => row + 1),
      fix: { label: `Read ${marker} as missing`, change: { csv: { missing } } },
    },
  ]
}

import { groupRows } from '../group-rows'
import { canStayTogether } from '../splits/together'
import { isCoded } from '../table'
import type { Fix } from './fix'
import { shownRows, type Finding } from './finding'
import type { FindingKind } from './kind'
import { areRepeatsRare } from './repeated-rows'
import type { Scene } from './scene'
import { percent, plural } from './words'

/** Held-out rows whose features were trained on: what is measured on them is memory. */
export const rowsAcrossSplits: FindingKind = {
  code: 'rows-across-splits',
  label: 'held-out rows that were trained on',
  find: (scene) => {
    if (!areRepeatsRare(scene)) return []
    const { seen, otherwise, heldOut } = countSeen(scene)
    if (seen.length === 0) return []
    const share = seen.length / heldOut
    const apart = otherwise
      ? `, ${otherwise === seen.length ? (otherwise === 1 ? 'though' : 'all') : `${otherwise} of them`} with another target`
      : ''
    const page: Finding = {
      code: 'rows-across-splits',
      severity: share >= 0.01 && seen.length >= 5 ? 'warning' : 'note',
      expected: 'validation and test rows that training never saw',
      came: `${plural(seen.length, 'row')} of ${heldOut.toLocaleString('en')} (${percent(share)}) with the same features as a training row${apart}, first row ${seen[0]}`,
      advice:
        'Scores on them tell how well rows are remembered. Keep only the first of rows that repeat, or keep them in one split.',
      columns: [],
      rows: seen.slice(0, shownRows),
      ...fixFor(otherwise, scene),
    }
    return [page]
  },
}

/** Rows that differ in their target are different cases; those are only kept together. */
function fixFor(otherwise: number, { data }: Scene): { fix?: Fix } {
  if (otherwise === 0)
    return { fix: { label: 'Keep only the first of repeated rows', change: { repeats: 'first' } } }
  return canStayTogether(data)
    ? { fix: { label: 'Keep rows with the same features in one split', change: { repeats: 'together' } } }
    : {}
}

/** File rows (from 1) of validation and test that have a twin in training, and how many of them have another target. */
function countSeen({ rows, splits, twins, goals }: Scene): {
  seen: number[]
  otherwise: number
  heldOut: number
} {
  const firsts = twins()
  const inTraining = new Uint8Array(rows.length)
  const isHeldOut = new Uint8Array(rows.length)
  /** The target of each group of twins as training has it. */
  const trained = new Map<number, Set<number>>()
  const placeOf = placesOf(rows)
  const cellOf = targetCells(goals, rows, placeOf)
  for (const row of splits.train) inTraining[firsts[placeOf(row)]!] = 1
  for (const held of [splits.validation, splits.test]) for (const row of held) isHeldOut[placeOf(row)] = 1
  const repeated: number[] = []
  for (let i = 0; i < rows.length; i++) if (isHeldOut[i] && inTraining[firsts[i]!]) repeated.push(rows[i]!)
  const groups = new Set(repeated.map((row) => firsts[placeOf(row)]!))
  if (groups.size > 0)
    for (const row of splits.train) {
      const group = firsts[placeOf(row)]!
      if (!groups.has(group)) continue
      const known = trained.get(group) ?? new Set()
      trained.set(group, known.add(cellOf(row)))
    }
  const otherwise = repeated.filter((row) => !trained.get(firsts[placeOf(row)]!)?.has(cellOf(row))).length
  return {
    seen: repeated.map((row) => row + 1),
    otherwise,
    heldOut: splits.validation.length + splits.test.length,
  }
}

/** One number for what a row of the table has in all columns to predict. */
function targetCells(
  goals: Scene['goals'],
  rows: Uint32Array,
  placeOf: (row: number) => number,
): (row: number) => number {
  const [{ target }, ...more] = goals as [Scene['goals'][number], ...Scene['goals']]
  if (more.length === 0) {
    const cells = isCoded(target) ? target.codes : target.values
    return (row) => cells[row]!
  }
  const firsts = groupRows(
    goals.map((goal) => goal.target),
    rows,
  )
  return (row) => firsts[placeOf(row)]!
}

/** Place of a table row among the rows that take part. */
function placesOf(rows: Uint32Array): (row: number) => number {
  const places = new Uint32Array((rows.at(-1) ?? 0) + 1)
  for (let place = 0; place < rows.length; place++) places[rows[place]!] = place
  return (row) => places[row]!
}

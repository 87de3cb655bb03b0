import { isCoded, type Column } from '../table'
import { shownRows, type Finding } from './finding'
import type { Fix } from './fix'
import type { TableKind } from './kind'
import { markerNumbers } from './marker-number'
import { readAnew } from './read-anew'
import { gather } from '../preparing/number-columns'
import type { TableScene } from './scene'
import { percent, plural, short } from './words'

/** At most this share of rows is extreme, on both sides together. */
const rare = 0.01
/** They stretch the range of all other rows so many times. */
const stretch = 10
const fewest = 30

/** A few cells so far off that scaling presses all others together. */
export const outliers: TableKind = {
  code: 'outliers',
  ofTable: true,
  label: 'numbers far off all others',
  find: (scene) => {
    const marked = new Set(scene.found(markerNumbers).flatMap(({ columns }) => columns))
    const unclipped = scene.features.filter(({ clip }) => clip.type === 'none')
    return [...unclipped.map(({ column }) => column), ...scene.goals.map(({ target }) => target)]
      .filter(({ name }) => !marked.has(name) && !scene.pixels.has(name))
      .flatMap((column) => farOff(column, scene))
  },
}

const clipOutliers = (column: string): Fix => ({
  label: `Clip outliers of ${column}`,
  change: { columns: { [column]: { clip: 'iqr' } } },
})

function farOff(column: Column, scene: TableScene): Finding[] {
  if (isCoded(column) || column.type !== 'number') return []
  // Sorting a million cells takes a while; a sample tells whether it is worth it.
  if (!withoutExtremes(sampledCells(column.values, scene), stretch / 2)) return []
  const values = sortedCells(column.values, scene.rows)
  const inner = withoutExtremes(values)
  if (!inner) return []
  const { low, high } = inner
  const off = scene.rows.filter((row) => distance(column.values[row]!, low, high) > high - low)
  const worst = off.reduce((far, row) =>
    distance(column.values[row]!, low, high) > distance(column.values[far]!, low, high) ? row : far,
  )
  const isTarget = scene.goals.some(({ target }) => target.name === column.name)
  return [
    {
      code: 'outliers',
      severity: 'warning',
      expected: `numbers near the others, which lie from ${short(low)} to ${short(high)}`,
      came: `${plural(off.length, 'cell')} far off, up to ${short(column.values[worst]!)} in row ${worst + 1}; scaling presses all others into ${percent((high - low) / (values.at(-1)! - values[0]!))} of the range`,
      advice:
        'Look whether they are mistakes of typing, units or markers for missing. If they are true, clip them to where the others end.',
      place: { column: column.name, row: worst + 1 },
      columns: [column.name],
      rows: [...off].slice(0, shownRows).map((row) => row + 1),
      fix: isTarget ? leaveOutBeyond(column.name, off, column.values, scene) : clipOutliers(column.name),
    },
  ]
}

/** A clipped target would be untrue, so that these rows take no part, in this file and in further ones that are judged. */
function leaveOutBeyond(column: string, off: Uint32Array, values: Float64Array, scene: TableScene): Fix {
  const isOff = new Set(off)
  let [low, high] = [Infinity, -Infinity]
  for (const row of scene.rows) {
    const value = values[row]!
    if (isOff.has(row) || Number.isNaN(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return {
    label: `Leave out ${plural(off.length, 'row')} with ${column} beyond ${short(low)} to ${short(high)}`,
    change: readAnew(scene, column, { within: { low, high } }),
  }
}

const distance = (value: number, low: number, high: number): number => Math.max(low - value, value - high)

function sortedCells(values: Float64Array, rows: Uint32Array): Float64Array {
  const sorted = gather(values, rows).sort()
  const missing = sorted.findIndex(Number.isNaN)
  return missing < 0 ? sorted : sorted.subarray(0, missing)
}

/** Of the sample, with the least and the greatest cell of all; of all rows where they are few. */
function sampledCells(values: Float64Array, { rows, sample, ends }: TableScene): Float64Array {
  if (rows.length < 4 * sample.length) return sortedCells(values, rows)
  const { least, most } = ends(values)
  return Float64Array.of(least, ...sortedCells(values, sample), most)
}

/** The range of the cells without the few extreme ones; nothing where these do not stretch it far. */
function withoutExtremes(values: Float64Array, times = stretch): { low: number; high: number } | undefined {
  if (values.length < fewest) return undefined
  const few = Math.max(1, Math.floor((values.length * rare) / 2))
  const [low, high] = [values[few]!, values[values.length - 1 - few]!]
  const [least, most] = [values[0]!, values.at(-1)!]
  if (!(high > low) || most - least < times * (high - low)) return undefined
  // Prices and counts run over orders of magnitude; on their own scale nothing of that is far off.
  if (least > 0 && Math.log(most / least) < 3 * Math.log(high / low)) return undefined
  // A column that is nearly always the same has no range to be far from.
  const [q1, q3] = [values[Math.floor(values.length * 0.25)]!, values[Math.floor(values.length * 0.75)]!]
  return q3 > q1 ? { low, high } : undefined
}

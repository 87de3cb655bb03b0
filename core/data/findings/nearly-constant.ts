import { isCoded, type Column } from '../table'
import { leaveOut } from './fix'
import type { TableKind } from './kind'
import { sampleWords } from './scene'
import { percent, plural, short } from './words'

/** At most so many rows may differ, and at most this share of all. */
const few = 10
const share = 0.01
const fewest = 50

/** A feature that differs in a handful of rows only: too few to learn from, and scaling makes them extreme. */
export const nearlyConstant: TableKind = {
  code: 'nearly-constant',
  ofTable: true,
  label: 'features that hardly ever change',
  find: (scene) =>
    scene.sample.length < fewest
      ? []
      : scene.features
          .filter(({ column }) => !scene.pixels.has(column.name))
          .flatMap(({ column }) => {
            const { value, count, filled } = usual(column, scene.sample)
            const others = filled - count
            if (others === 0 || others > few || others > filled * share) return []
            return [
              {
                code: 'nearly-constant',
                severity: 'note' as const,
                expected: 'a feature that differs in more than a handful of rows',
                came: `${value} in ${percent(count / filled)} of the filled cells, something else in ${plural(others, 'row')} (${sampleWords(scene)})`,
                advice: 'It can tell little, and may be learned by heart. Leaving it out costs nothing.',
                place: { column: column.name },
                columns: [column.name],
                fix: leaveOut(column.name),
              },
            ]
          }),
}

/** The most frequent value, by the majority vote of Boyer and Moore: only a value in more than half the rows matters. */
function usual(column: Column, rows: Uint32Array): { value: string; count: number; filled: number } {
  const cells = isCoded(column) ? column.codes : column.values
  const isFilled = (cell: number): boolean => !(Number.isNaN(cell) || (isCoded(column) && cell < 0))
  let [candidate, votes, filled] = [NaN, 0, 0]
  for (const row of rows) {
    const cell = cells[row]!
    if (!isFilled(cell)) continue
    filled++
    if (votes === 0) candidate = cell
    votes += cell === candidate ? 1 : -1
  }
  let count = 0
  for (const row of rows) if (cells[row] === candidate) count++
  const value = isCoded(column) ? `"${column.levels[candidate] ?? ''}"` : short(candidate)
  return { value, count, filled }
}

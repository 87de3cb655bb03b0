import type { TargetDescription } from './prepared'
import type { Column } from './table'
import { classReader } from './target'
import { partsOf } from './target-parts'

/** The class of each row: the target's own, or a number for each combination of its labels. Nothing for numbers. `columns` are the target's, in order. */
export function classesOf(
  columns: readonly Column[],
  target: TargetDescription,
  rows: Uint32Array,
): number[] | undefined {
  const readers = partsOf(target).flatMap((part, i) =>
    part.type === 'number' ? [] : [classReader(columns[i]!, part.classes)],
  )
  const [first] = readers
  if (!first) return undefined
  return target.type === 'labels' ? combinations(readers, rows) : Array.from(rows, first)
}

/** From 1 on, in the order in which they are met. */
function combinations(readers: readonly ((row: number) => number)[], rows: Uint32Array): number[] {
  const numbers = new Map<string, number>()
  return Array.from(rows, (row) => {
    const key = readers.map((read) => read(row)).join()
    const number = numbers.get(key) ?? numbers.size + 1
    numbers.set(key, number)
    return number
  })
}

/** Combinations of labels with fewer rows than there are splits are shared out together. */
const fewest = 3

/** The classes by which rows are shared out in proportion: of labels the rare combinations are one, 0. */
export function classesToShare(classes: number[], { type }: TargetDescription): number[] {
  if (type !== 'labels') return classes
  const counts = new Map<number, number>()
  for (const each of classes) counts.set(each, (counts.get(each) ?? 0) + 1)
  return classes.map((each) => (counts.get(each)! < fewest ? 0 : each))
}

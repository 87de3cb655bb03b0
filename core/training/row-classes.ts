import type { PreparedData } from '../data/prepared'

/** Tells the class of each prepared row; for targets of classes. */
export function classReader({ targets: { width, values } }: Pick<PreparedData, 'targets'>) {
  if (width === 1) return (row: number): number => values[row]!
  return (row: number): number => values.subarray(row * width, (row + 1) * width).indexOf(1)
}

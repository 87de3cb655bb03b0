import type { PreparedData, TargetDescription } from '../data/prepared'

/** Tells the class of each prepared row; for targets of classes. */
export function classReader({ targets: { width, values } }: Pick<PreparedData, 'targets'>) {
  if (width === 1) return (row: number): number => values[row]!
  return (row: number): number => values.subarray(row * width, (row + 1) * width).indexOf(1)
}

/** What a target without classes of its own is, in words. */
export const numbersOrLabels = ({ type }: Pick<TargetDescription, 'type'>): string =>
  type === 'labels' ? 'several labels at once' : type === 'numbers' ? 'several numbers' : 'a number'

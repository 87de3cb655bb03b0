import { splitNames, type SplitName } from '../prepared'
import type { Scene } from './scene'

/** Rows of each class in each split; `used` are the splits with rows. No classes where the target is a number. */
export function classCounts({
  predicted,
  classOf,
  splits,
}: Pick<Scene, 'predicted' | 'classOf' | 'splits'>): {
  classes: readonly string[]
  counts: Record<SplitName, number[]>
  used: SplitName[]
} {
  const classes = predicted.type === 'number' ? [] : predicted.classes
  const counts = Object.fromEntries(
    splitNames.map((name) => {
      const found = new Array<number>(classes.length).fill(0)
      if (classOf) for (const row of splits[name]) found[classOf(row)]!++
      return [name, found]
    }),
  ) as Record<SplitName, number[]>
  return { classes, counts, used: splitNames.filter((name) => splits[name].length > 0) }
}

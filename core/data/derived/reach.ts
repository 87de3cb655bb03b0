import type { DerivedSettings } from '../../experiment/schema'
import type { Column } from '../table'
import type { Reach } from './derived-kind'
import { readsOf } from './kinds'

/**
 * For each derived column: which columns of the file it comes from in the end, and how many rows ahead of its own row at
 * most. @param columns of the table, the derived ones among them
 */
export function reachOf(derived: readonly DerivedSettings[], columns: readonly Column[]): Map<string, Reach> {
  const all = new Map<string, Reach>()
  for (const each of derived) {
    const whole = new Map<string, number>()
    for (const [name, ahead] of readsOf(each, columns))
      for (const [base, more] of all.get(name) ?? new Map([[name, 0]]))
        whole.set(base, Math.max(whole.get(base) ?? -Infinity, ahead + more))
    all.set(each.name, whole)
  }
  return all
}

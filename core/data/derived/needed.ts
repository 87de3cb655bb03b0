import type { DerivedSettings } from '../../experiment/schema'
import { atPlace, type DerivedData } from './derive-columns'
import { wayOf } from './kinds'
import { namesIn } from './names-in-formula'

/** What a further table must have for some columns. */
export interface NeededColumns {
  /** The computed columns among them and those that these need, in order. */
  readonly derived: readonly DerivedSettings[]
  /** Columns of the file itself. */
  readonly own: readonly string[]
}

/**
 * What must be read and computed to have the columns of these names. Series need their columns of time and group, too.
 * @throws LabError `bad-formula`
 */
export function neededFor(
  names: readonly string[],
  { derived = [], columns }: Pick<DerivedData, 'columns' | 'derived'>,
): NeededColumns {
  const wanted = new Set(names)
  const used: DerivedSettings[] = []
  const known = Object.keys(columns)
  for (const [i, each] of [...derived.entries()].reverse())
    if (wanted.has(each.name)) {
      used.unshift(each)
      atPlace(each, i, () => namesRead(each, known)).forEach((name) => wanted.add(name))
    }
  const inSeries = used.some((each) => wayOf(each) !== 'formula')
  const keys = inSeries
    ? Object.keys(columns).filter((name) => ['time', 'group'].includes(columns[name]!.role ?? ''))
    : []
  const computed = new Set(used.map(({ name }) => name))
  return { derived: used, own: [...new Set([...wanted, ...keys])].filter((name) => !computed.has(name)) }
}

/** The columns that a derived column reads, as its settings name them. @param known names of columns */
function namesRead({ formula, lag, lead, window }: DerivedSettings, known: readonly string[]): string[] {
  if (formula !== undefined) return namesIn(formula, known)
  return [(lag ?? lead ?? window)!.column]
}

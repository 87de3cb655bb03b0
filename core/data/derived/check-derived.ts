import { LabError } from '../../errors/lab-error'
import type { ResolvedColumns } from '../columns'
import type { Table } from '../table'
import type { Reach } from './derived-kind'
import type { DerivedData } from './derive-columns'
import { reachOf } from './reach'

/**
 * Computed columns must not give away what is to be predicted: no input may look at later rows, nor at the target of its
 * own row, nor, where the target is itself computed from one column, at that column where the target looks.
 * @throws LabError `looks-ahead`, `target-in-formula`
 */
export function checkDerived(
  table: Table,
  { derived = [] }: Pick<DerivedData, 'derived'>,
  { targets, features, weight, keys }: ResolvedColumns,
): void {
  if (derived.length === 0) return
  const reach = reachOf(derived, table.columns)
  const of = (name: string): Reach => reach.get(name) ?? new Map([[name, 0]])
  for (const { column } of [...features, ...keys, ...(weight ? [weight] : [])]) {
    const ahead = [...of(column.name)].find(([, steps]) => steps > 0)
    if (ahead) refuseAhead(column.name, ...ahead)
  }
  for (const { column: target } of targets) {
    // A target of several columns cannot be told from one of them.
    const [first, ...more] = [...of(target.name)]
    if (!first || more.length > 0) continue
    const [base, steps] = first
    for (const { column } of features)
      if ((of(column.name).get(base) ?? -Infinity) >= steps) refuseTarget(column.name, target.name, base)
  }
}

function refuseAhead(column: string, base: string, steps: number): never {
  throw new LabError({
    code: 'looks-ahead',
    expected: 'inputs that are known in their own row',
    came: `a column that looks at "${base}" ${steps} ${steps === 1 ? 'row' : 'rows'} later`,
    advice: 'Give it the role target, to predict ahead, or the role ignore.',
    place: { column },
  })
}

function refuseTarget(column: string, target: string, base: string): never {
  const what =
    base === target ? `the target "${target}"` : `"${base}", from which the target "${target}" is computed`
  throw new LabError({
    code: 'target-in-formula',
    expected: 'inputs that do not know the target of their own row',
    came: `a column that is computed from ${what}: the network would only learn to copy it`,
    advice: 'Take a lag of 1 row or more of it, give the column the role ignore, or leave it out.',
    place: { column },
  })
}

import { LabError } from '../../errors/lab-error'
import type { DerivedSettings, Experiment } from '../../experiment/schema'
import type { Column, Table } from '../table'
import type { DerivedContext } from './derived-kind'
import { wayOf, makeDerived } from './kinds'
import { seriesOf } from './series-order'

export type DerivedData = Pick<Experiment['data'], 'columns' | 'derived' | 'split'>

/**
 * The table with an experiment's computed columns after its own, in their order. A column looks only at rows of its own
 * table, so that a new file brings its own history.
 * @throws LabError `name-taken`, `unknown-column`, `bad-formula` or `bad-window`, with the column's name and its place in the
 * experiment
 * @param origin of the table: the experiment's own, or a further one
 */
export function deriveColumns(
  table: Table,
  data: DerivedData,
  origin: DerivedContext['origin'] = 'own',
): Table {
  const { derived = [] } = data
  if (derived.length === 0) return table
  const columns: Column[] = [...table.columns]
  let series: Uint32Array[] | undefined
  const context = {
    columns,
    rowCount: table.rowCount,
    series: () => (series ??= seriesOf(table, data)),
    origin,
  }
  derived.forEach((each, i) =>
    columns.push(
      atPlace(each, i, () => {
        if (columns.some(({ name }) => name === each.name)) refuseName(each.name)
        return makeDerived(each, context)
      }),
    ),
  )
  return { ...table, columns }
}

/** Runs what concerns one derived column, and adds its place to a help page. */
export function atPlace<T>(derived: DerivedSettings, i: number, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    throw error.at({ column: derived.name, path: `data.derived.${i}.${wayOf(derived)}` })
  }
}

function refuseName(name: string): never {
  throw new LabError({
    code: 'name-taken',
    expected: 'a name that no other column has',
    came: `"${name}"`,
    advice: 'Choose another name for the computed column.',
  })
}

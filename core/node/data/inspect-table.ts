import type { Findings } from '../../data/findings/finding'
import { findInTable } from '../../data/findings/find-findings'
import type { Experiment } from '../../experiment/schema'
import type { ExperimentAt } from '../../protocol/contract'
import type { ReadFile } from '../reader/formats/read-file'
import { openSource, openTable } from './open-table'

/**
 * What the guard says of a table whose data cannot be prepared: what shows in the cells alone. Where a cell does not fit its
 * column's type, the columns are read as they would be proposed.
 * @throws LabError where there is no table at all
 */
export async function inspectTable(at: ExperimentAt): Promise<Findings> {
  const { table, csv } = await openTable(at).catch(() => openUntyped(at))
  return findInTable(table, { ...at.experiment.data, csv })
}

function openUntyped({ experiment, folder }: ExperimentAt): Promise<ReadFile> {
  const { data } = experiment
  const columns = Object.entries(data.columns).map(
    ([name, { type: _type, unreadable: _unreadable, ...rest }]): [
      string,
      Experiment['data']['columns'][string],
    ] => [name, rest],
  )
  return openSource({
    experiment: { ...experiment, data: { ...data, columns: Object.fromEntries(columns) } },
    folder,
  })
}

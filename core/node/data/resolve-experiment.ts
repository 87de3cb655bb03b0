import { cellRulesOf, resolveColumns, type ResolvedColumn } from '../../data/columns'
import { neededFor } from '../../data/derived/needed'
import { shortest, writtenPreparation } from '../../data/preparing/settings'
import type { Preprocessing } from '../../data/prepared'
import { splitColumn } from '../../data/splits/split-keys'
import { typeOf, type Table } from '../../data/table'
import type { ColumnSettings, Experiment, SplitSettings } from '../../experiment/schema'
import { completeEntry } from '../../network/complete-entry'
import { resolveLoss } from '../../network/loss'
import { optimizers } from '../../optimizers/registry'
import { schedules } from '../../schedules/registry'
import type { ReadFile } from '../reader/formats/read-file'

/**
 * The same experiment with nothing left open: every default, proposal and guess is written out, so that its file alone
 * says what was done. Reading it back gives the same training, bit for bit.
 * @throws LabError for a kind or a setting that is not known
 */
export function resolveExperiment(
  experiment: Experiment,
  { table, csv, format }: ReadFile,
  preprocessing: Preprocessing,
): Experiment {
  const loss = resolveLoss(experiment.loss, preprocessing.target)
  return {
    ...experiment,
    data: {
      ...experiment.data,
      ...(format !== undefined && { format }),
      csv,
      columns: resolvedColumns(experiment, table),
      split: resolvedSplit(experiment, table),
    },
    network: experiment.network.map((entry, index) => completeEntry(entry, `network.${index}`)),
    loss: { type: loss.kind.type, ...loss.config },
    optimizer: optimizers.parse(experiment.optimizer, 'optimizer'),
    schedule: schedules.parse(experiment.schedule, 'schedule'),
  }
}

/** With the column that it goes by. */
function resolvedSplit({ data }: Experiment, table: Table): SplitSettings {
  const column = splitColumn(table, data)
  return column ? { ...data.split, by: column.name } : data.split
}

function resolvedColumns({ data, loss }: Experiment, table: Table): Record<string, ColumnSettings> {
  const { targets, features, weight, keys } = resolveColumns(table, data.columns, loss)
  const taking = new Map(
    [...targets, ...features, ...keys, ...(weight ? [weight] : [])].map((column) => [
      column.column.name,
      column,
    ]),
  )
  // The type of a column that takes no part matters where others are computed from it.
  const read = new Set(neededFor([...taking.keys()], data).own)
  const rules = cellRulesOf(data.columns)
  return Object.fromEntries(
    table.columns.map((source) => {
      const { name } = source
      const column = taking.get(name)
      if (column) return [name, { ...settingsOf(column), ...rules[name] }]
      return [
        name,
        read.has(name) ? { role: 'ignore', type: typeOf(source), ...rules[name] } : { role: 'ignore' },
      ]
    }),
  )
}

/** Only what means something for the column's type and role. */
function settingsOf({ column, role, ...prepared }: ResolvedColumn): ColumnSettings {
  const type = typeOf(column)
  if (role === 'target')
    return { role, type, ...(column.type === 'number' && { scale: shortest(prepared.scale) }) }
  return role === 'feature' ? { role, type, ...writtenPreparation(prepared, column.type) } : { role, type }
}

import { tryReading } from '../../data/cells/try-reading'
import { proposeRoles, type ProposedRole } from '../../data/roles'
import { resolveColumns } from '../../data/columns'
import { profileColumn, profileTable } from '../../data/profile/profile-table'
import { readRows } from '../../data/rows/read-rows'
import { orderRows } from '../../data/rows/row-order'
import type { Column, Table } from '../../data/table'
import { describeData } from '../../data/describe'
import { guessSplitRoles } from '../../data/splits/propose-split'
import { summarizeColumn } from '../../data/summary'
import { isSample } from '../../data/source-list'
import type { DataSource, Experiment } from '../../experiment/schema'
import { proposeExperiment } from '../../data/propose'
import type { ExperimentAt, TablePreview } from '../../protocol/contract'
import type { ReadFile } from '../reader/formats/read-file'
import { findSample, readSource } from '../reader/source'
import type { WorkerFunctions } from '../worker/worker-api'
import { hasTypesOf, openSource, placeSource, tableKey } from './open-table'
import { materialOf, type RunMaterial } from './prepare-run'
import { createSeriesKeeper } from './series-keeper'
import { inspectTable } from './inspect-table'
import { latest } from './latest'
import { withDerived } from './with-derived'
import { openWritten, type WrittenColumn } from './written-column'

type DataFunctions = Pick<
  WorkerFunctions,
  | 'propose'
  | 'preview'
  | 'describe'
  | 'inspect'
  | 'profile'
  | 'profileColumn'
  | 'rows'
  | 'tryReading'
  | 'prepare'
  | 'openSeries'
  | 'prepareMember'
  | 'closeSeries'
>

/** Reads tables and prepares them; keeps the last of each, since the window asks often for the same. */
export function createDataKeeper(): DataFunctions {
  const tables = latest<Promise<ReadFile>>()
  /** The order of the rows that the window scrolls through. */
  const orders = latest<Uint32Array>()
  const materials = latest<Promise<RunMaterial>>()
  const sources = latest<Promise<ReadFile>>()
  const source = (at: ExperimentAt): Promise<ReadFile> => sources(tableKey(at), () => openSource(at))
  const table = (at: ExperimentAt): Promise<ReadFile> =>
    tables(derivedKey(at), async () => withDerived(await source(at), at.experiment.data))
  const writtenColumns = latest<Promise<WrittenColumn>>()
  const material = (at: ExperimentAt): Promise<RunMaterial> =>
    materials(JSON.stringify([tableKey(at), at.experiment]), async () =>
      materialOf(at.experiment, await table(at)),
    )
  return {
    propose: async (given, target, reading) => {
      const placed = placeSource(given, process.cwd())
      const read = await readSource(placed.source, placed.folder, reading)
      const { csv, format } = read
      const wanted = target ?? targetsOfSample(given)
      const experiment = proposeExperiment(read.table, { source: placed.source, csv, format, target: wanted })
      const at = { experiment, folder: placed.folder }
      // Nobody chose a type yet, so that reading the file once more would give the same.
      if (hasTypesOf(read.table, experiment)) await sources(tableKey(at), () => Promise.resolve(read))
      return { at, preview: previewOf(read, experiment) }
    },
    preview: async (at) => previewOf(await table(at), at.experiment),
    describe: async (at) => {
      const { experiment, data, read } = await material(at)
      return describeData(data, read.table, experiment.data)
    },
    inspect: inspectTable,
    profile: async (at, target) => {
      const { table: read } = await table(at)
      return profileTable(read, targetColumn(read, at, target))
    },
    profileColumn: async (at, column, target) => {
      const { table: read } = await table(at)
      return profileColumn(read, column, targetColumn(read, at, target))
    },
    rows: async (at, wish) => {
      const { table: read } = await table(at)
      const key = JSON.stringify([derivedKey(at), wish.sort, wish.filters])
      return readRows(
        read,
        orders(key, () => orderRows(read, wish)),
        wish,
      )
    },
    tryReading: async (at, column, settings) => {
      const { raw, marks } = await writtenColumns(JSON.stringify([tableKey(at), column]), () =>
        openWritten(at, column, () => source(at)),
      )
      return tryReading(raw, marks, at.experiment.data.columns[column] ?? {}, settings)
    },
    prepare: async (at) => {
      const { experiment, data } = await material(at)
      return { experiment, data }
    },
    ...createSeriesKeeper(material),
  }
}

/** Names the table with its computed columns: they depend on the roles of time and group, too. */
function derivedKey(at: ExperimentAt): string {
  const { derived = [], columns } = at.experiment.data
  const roles = Object.entries(columns).filter(([, { role }]) => role === 'time' || role === 'group')
  return JSON.stringify([tableKey(at), derived, roles.map(([name, { role }]) => [name, role])])
}

/** What a built-in sample is there to predict; nothing for files. */
const targetsOfSample = (source: DataSource): readonly string[] | undefined =>
  typeof source === 'string' && isSample(source) ? findSample(source).targets : undefined

/** The target asked for, or the first. */
function targetColumn(table: Table, { experiment: { data } }: ExperimentAt, wanted?: string): Column {
  const { targets } = resolveColumns(table, data.columns)
  return (targets.find(({ column }) => column.name === wanted) ?? targets[0]!).column
}

const targetsOf = ({ data: { columns } }: Experiment): string[] =>
  Object.keys(columns).filter((name) => columns[name]!.role === 'target')

/** What the data panel shows of a table, with the roles that an experiment gives its columns. */
export function previewOf({ table, csv, format, rows }: ReadFile, experiment: Experiment): TablePreview {
  const given = experiment.data.columns
  const proposed = proposeRoles(table)
  const splitRoles = guessSplitRoles(table, targetsOf(experiment))
  const role = (name: string): ProposedRole => {
    const proposal = proposed.get(name) ?? { role: 'ignore' }
    const chosen = given[name]?.role
    if (chosen === undefined || chosen === proposal.role) return proposal
    const split = splitRoles.get(name)
    return split?.role === chosen ? split : { role: chosen }
  }
  const columns = table.columns.map((column) => summarizeColumn(column, role(column.name)))
  return {
    ...{ name: table.name, rowCount: table.rowCount, csv, columns, rows },
    ...(format !== undefined && { format }),
  }
}

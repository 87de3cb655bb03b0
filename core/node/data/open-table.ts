import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { cellRulesOf, typesOf } from '../../data/columns'
import { neededFor } from '../../data/derived/needed'
import { isSample, mapSource, sourceList } from '../../data/source-list'
import { typeOf, type ColumnType, type Table } from '../../data/table'
import type { DataSource, Experiment } from '../../experiment/schema'
import type { ExperimentAt } from '../../protocol/contract'
import type { ReadFile } from '../reader/formats/read-file'
import { readSource } from '../reader/source'
import { withDerived } from './with-derived'
import { writtenPath } from './relative-source'

/** The table of an experiment with its computed columns. @throws LabError as `openSource` and `withDerived` do */
export const openTable = async (at: ExperimentAt): Promise<ReadFile> =>
  withDerived(await openSource(at), at.experiment.data)

/** The table as its source has it, with the types that the experiment names. @throws LabError as `readSource` does */
export const openSource = ({ experiment, folder }: ExperimentAt): Promise<ReadFile> => {
  const { source, format, csv, columns } = experiment.data
  const types = typesToRead(experiment.data)
  return readSource(source, folder, { format, csv, types, rules: cellRulesOf(columns) })
}

/** The types that an experiment names for columns of its source; an ignored one's matters where another is computed from it. */
function typesToRead(data: Experiment['data']): Record<string, ColumnType> {
  const { derived = [], columns } = data
  const { own } = neededFor(
    derived.map(({ name }) => name),
    data,
  )
  const needed = own.flatMap((name) => (columns[name]?.type ? [[name, columns[name].type] as const] : []))
  const computed = new Set(derived.map(({ name }) => name))
  const types = { ...typesOf(columns), ...Object.fromEntries(needed) }
  return Object.fromEntries(Object.entries(types).filter(([name]) => !computed.has(name)))
}

/** True where a table that was read without being told any types has those that the experiment names. */
export const hasTypesOf = ({ columns }: Table, { data }: Experiment): boolean =>
  Object.entries(typesToRead(data)).every(([name, type]) =>
    columns.some((column) => column.name === name && typeOf(column) === type),
  )

/** Names the content that `openTable` would read now: another one, and the files must be read again. */
export function tableKey({ experiment, folder }: ExperimentAt): string {
  const { source, format, csv, columns } = experiment.data
  const states = sourceList(source).map((name) => stateOf(name, folder))
  return JSON.stringify([states, format ?? null, csv, typesToRead(experiment.data), cellRulesOf(columns)])
}

function stateOf(source: string, folder: string): readonly unknown[] {
  if (isSample(source)) return [source]
  const file = resolve(folder, source)
  const state = statSync(file, { throwIfNoEntry: false })
  return [file, state?.mtimeMs, state?.size]
}

/** A source as typed by a user, as the folder (of its first file) and the names seen from there that an experiment keeps. */
export function placeSource(source: DataSource, folder: string): { folder: string; source: DataSource } {
  const [first = ''] = sourceList(source)
  if (isSample(first)) return { folder, source }
  const home = dirname(resolve(folder, first))
  const place = (name: string) => (isSample(name) ? name : writtenPath(home, resolve(folder, name)))
  return { folder: home, source: mapSource(source, place) }
}

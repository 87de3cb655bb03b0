import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { typesOf } from '../../data/columns'
import { isSample, mapSource, sourceList } from '../../data/source-list'
import type { DataSource } from '../../experiment/schema'
import type { ExperimentAt } from '../../protocol/contract'
import type { ReadFile } from '../reader/formats/read-file'
import { readSource } from '../reader/source'
import { writtenPath } from './relative-source'

/** The table of an experiment, with the types that the experiment names. @throws LabError as `readSource` does */
export const openTable = ({ experiment, folder }: ExperimentAt): Promise<ReadFile> => {
  const { source, format, csv, columns } = experiment.data
  return readSource(source, folder, { format, csv, types: typesOf(columns) })
}

/** Names the content that `openTable` would read now: another one, and the files must be read again. */
export function tableKey({ experiment, folder }: ExperimentAt): string {
  const { source, format, csv, columns } = experiment.data
  const states = sourceList(source).map((name) => stateOf(name, folder))
  return JSON.stringify([states, format ?? null, csv, typesOf(columns)])
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

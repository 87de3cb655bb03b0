import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { typesOf } from '../../data/columns'
import type { ExperimentAt } from '../../protocol/contract'
import type { ReadTable } from '../reader/read-table'
import { isSample, readSource } from '../reader/source'

/** The table of an experiment, with the types that the experiment names. @throws LabError as `readSource` does */
export const openTable = ({ experiment, folder }: ExperimentAt): Promise<ReadTable> => {
  const { source, csv, columns } = experiment.data
  return readSource(source, folder, csv, typesOf(columns))
}

/** Names the content that `openTable` would read now: another one, and the file must be read again. */
export function tableKey({ experiment, folder }: ExperimentAt): string {
  const { source, csv, columns } = experiment.data
  return JSON.stringify([stateOf(source, folder), csv, typesOf(columns)])
}

function stateOf(source: string, folder: string): readonly unknown[] {
  if (isSample(source)) return [source]
  const file = resolve(folder, source)
  const state = statSync(file, { throwIfNoEntry: false })
  return [file, state?.mtimeMs, state?.size]
}

/** A source as typed by a user, as the folder and the name inside it that an experiment keeps. */
export function placeSource(source: string, folder: string): { folder: string; source: string } {
  if (isSample(source)) return { folder, source }
  const file = resolve(folder, source)
  return { folder: dirname(file), source: basename(file) }
}

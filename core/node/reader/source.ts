import { resolve } from 'node:path'
import { suggest } from '../../catalog/suggest'
import { sampleTexts } from '../../data/samples/sample-texts'
import { samples, type Sample } from '../../data/samples/samples'
import type { ColumnType } from '../../data/table'
import { LabError } from '../../errors/lab-error'
import type { CsvSettings } from '../../experiment/schema'
import { readTable, type ReadTable } from './read-table'
import { withTemporaryFile } from './temporary-file'

const samplePrefix = 'sample:'

export const isSample = (source: string): boolean => source.startsWith(samplePrefix)

/** The built-in sample that `sample:NAME` names. @throws LabError `unknown-sample` with the nearest name */
export function findSample(source: string): Sample & { readonly text: string } {
  const name = source.slice(samplePrefix.length)
  const sample = samples.find((candidate) => candidate.name === name)
  const text = sampleTexts[name]
  if (sample && text !== undefined) return { ...sample, text }
  const names = samples.map((candidate) => candidate.name)
  const near = suggest(name, names)
  throw new LabError({
    code: 'unknown-sample',
    expected: 'the name of a built-in sample',
    came: `"${name}"`,
    advice: near ? `Did you mean "${samplePrefix}${near}"?` : `The samples are: ${names.join(', ')}.`,
  })
}

/**
 * Reads what an experiment's `data.source` names: a file, relative to `folder`, or `sample:iris`.
 * @throws LabError `unknown-sample`, or those of `readTable`
 */
export async function readSource(
  source: string,
  folder: string,
  csv: CsvSettings = {},
  types: Readonly<Record<string, ColumnType>> = {},
): Promise<ReadTable> {
  if (!isSample(source)) return readTable(resolve(folder, source), csv, types)
  const { file, text } = findSample(source)
  return withTemporaryFile(file, [text], (path) => readTable(path, csv, types))
}

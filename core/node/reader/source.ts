import { resolve } from 'node:path'
import { suggest } from '../../catalog/suggest'
import { sampleTexts } from '../../data/samples/sample-texts'
import { samples, type Sample } from '../../data/samples/samples'
import { isSample, samplePrefix, sourceList } from '../../data/source-list'
import { LabError } from '../../errors/lab-error'
import type { DataSource } from '../../experiment/schema'
import { readFile, type FileSettings, type ReadFile } from './formats/read-file'
import { readFiles } from './join-tables'
import { withTemporaryFile } from './temporary-file'

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
 * Reads what an experiment's `data.source` names: a file, relative to `folder`, several files of one shape, or
 * `sample:iris`.
 * @throws LabError `unknown-sample`, `sample-in-list`, or those of `readFiles`
 */
export async function readSource(
  source: DataSource,
  folder: string,
  settings: FileSettings = {},
): Promise<ReadFile> {
  const list = sourceList(source)
  const sample = list.find(isSample)
  if (sample === undefined)
    return readFiles(
      list.map((file) => resolve(folder, file)),
      settings,
    )
  if (list.length > 1) refuseMixture(sample)
  const { file, text } = findSample(sample)
  return withTemporaryFile(file, [text], (path) => readFile(path, settings))
}

function refuseMixture(sample: string): never {
  throw new LabError({
    code: 'sample-in-list',
    expected: 'files of one shape in a list of sources',
    came: `the built-in sample "${sample}"`,
    advice: 'Name the sample alone, or leave it out of the list.',
    place: { path: 'data.source' },
  })
}

import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { LabError } from '../../errors/lab-error'
import type { TableFormat } from '../../experiment/schema'
import { writeStream } from '../files/write-stream'
import { readHead } from '../reader/encoding'
import { checkFile } from '../reader/file-check'
import { recognizeFormat } from '../reader/formats/format'
import { isGzip } from '../reader/formats/gzip'

/** `rows.json`, since the experiment itself is a `.json` file of the same name. */
const endings: Readonly<Record<TableFormat, string>> = {
  csv: 'csv',
  json: 'rows.json',
  jsonl: 'jsonl',
  parquet: 'parquet',
}

/**
 * Keeps what comes on standard input as a file beside the experiment's, under its name, so that it is there when the
 * experiment is trained.
 * @returns the file's path
 * @throws LabError `exists-already`, `file-empty`, or when it cannot be written
 */
export async function keepInput(
  input: AsyncIterable<Uint8Array>,
  experiment: string,
  replace: boolean,
): Promise<string> {
  const stem = experiment.replace(/(\.nabla)?\.json$/i, '')
  const arrived = `${stem}.${process.pid}.tmp`
  try {
    await writeStream(arrived, input)
    await checkFile(arrived)
    const head = await readHead(arrived)
    const file = `${stem}.${isGzip(head) ? 'data.gz' : endings[recognizeFormat(head, stem)]}`
    if (existsSync(file) && !replace) throw existsAlready(file)
    await rename(arrived, file)
    return file
  } catch (error) {
    await rm(arrived, { force: true })
    throw error instanceof LabError && error.place.file === arrived
      ? new LabError({ ...error.toPage(), place: { ...error.place, file: 'standard input' } })
      : error
  }
}

export const existsAlready = (file: string): LabError =>
  new LabError({
    code: 'exists-already',
    expected: 'a name that is free',
    came: 'a file that is there already',
    advice: 'Choose another name with -o, or add --force to replace it.',
    place: { file },
  })

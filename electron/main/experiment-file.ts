import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { LabError } from '../../core/errors/lab-error'
import { withFile } from '../../core/node/files/file-problem'
import { readText } from '../../core/node/files/read-text'

const MEGABYTE = 1_000_000
const LARGEST = 20 * MEGABYTE

/**
 * The text of an experiment file; what it says is checked by those who parse it.
 * @throws `LabError` when it is missing, unreadable, a folder, or too large to be one
 */
export function readExperimentText(file: string): string {
  const { size } = withFile(file, () => statSync(file))
  if (size > LARGEST) throw tooLarge(file, size)
  // Editors on Windows may put a byte order mark before the text.
  return readText(file).replace(/^\uFEFF/, '')
}

const beginning = 1 << 16

/** A `.json` file may hold a table; an experiment is an object that says so. @throws `LabError` when it cannot be read */
export function isExperimentFile(file: string): boolean {
  if (/\.nabla\.json$/i.test(file)) return true
  if (!/\.json$/i.test(file)) return false
  const head = withFile(file, () => {
    const opened = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(beginning)
      return bytes.toString('utf8', 0, readSync(opened, bytes, 0, beginning, 0))
    } finally {
      closeSync(opened)
    }
  })
  return /^\uFEFF?\s*\{\s*"(nabla|\$schema|name|data|network)"\s*:/.test(head)
}

const tooLarge = (file: string, size: number) =>
  new LabError({
    code: 'file-too-large',
    expected: `an experiment file of at most ${LARGEST / MEGABYTE} MB`,
    came: `one of ${Math.round(size / MEGABYTE)} MB`,
    advice: 'An experiment file names its data and does not hold it. Did you mean to open a table?',
    place: { file },
  })

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { withFile } from './file-problem'
import { makeFolder } from './make-folder'

let count = 0

/** A file that a process left which was killed while it wrote. */
export const isLeftover = (name: string): boolean => /^\..+\.\d+-\d+\.tmp$/.test(name)

export interface WriteOptions {
  /** False for what can be made again, such as a chart: it need not outlive a power cut. */
  readonly lasting?: boolean
}

/**
 * Writes a whole file under a temporary name beside its place and renames it, so that a crash leaves the old file or
 * the new one, never half of one. Missing folders are made.
 * @throws LabError when the place cannot be written
 */
export function writeAtomic(
  file: string,
  content: string | Uint8Array,
  { lasting = true }: WriteOptions = {},
): void {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}-${++count}.tmp`)
  withFile(file, () => {
    makeFolder(dirname(file))
    try {
      if (lasting) writeThrough(temporary, content)
      else writeFileSync(temporary, content)
      renameSync(temporary, file)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
  })
}

/** The bytes must be on the disk before the name is, else a power cut could leave a named empty file. */
function writeThrough(file: string, content: string | Uint8Array): void {
  const handle = openSync(file, 'w')
  try {
    writeFileSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

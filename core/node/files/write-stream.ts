import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileProblem, withFile } from './file-problem'
import { makeFolder } from './make-folder'

/**
 * Writes a file from pieces that come one after the other, under a temporary name until it is whole.
 * @throws LabError when the place cannot be written; what the pieces throw is thrown on
 */
export async function writeStream(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}-0.tmp`)
  withFile(file, () => makeFolder(dirname(file)))
  try {
    const handle = await open(temporary, 'w')
    try {
      for await (const piece of pieces) await handle.write(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw fileProblem(error, file)
  }
}

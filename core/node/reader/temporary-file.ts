import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Writes text to a file of its own, lets `use` work with it, and removes it whatever happens. */
export async function withTemporaryFile<T>(
  name: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'nabla-'))
  try {
    const path = join(folder, name)
    const file = await open(path, 'w')
    try {
      for await (const piece of pieces) await file.write(piece)
    } finally {
      await file.close()
    }
    return await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

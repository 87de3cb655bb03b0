import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { LabError } from '../../../errors/lab-error'
import { filePage } from '../file-check'

/** A file of UTF-8 text, open for reading at any place. */
export interface Utf8File {
  /** For messages: the file that the user named, which may be another one than the text is read from. */
  readonly name: string
  readonly descriptor: number
  /** Where the text begins: behind a byte order mark. */
  readonly start: number
  /** Bytes of the file, the mark included. */
  readonly size: number
  /** Fills the beginning of `target`, or less where the file has become shorter, and tells how many bytes it took. */
  read(target: Uint8Array, position: number): number
  /** @throws LabError `file-changed` where the file is not what it was when it was opened */
  checkUnchanged(): void
  close(): void
}

/** Opens a file of UTF-8 text. @throws LabError as the system refuses it */
export async function openUtf8(path: string, name = path): Promise<Utf8File> {
  const descriptor = await openOrRefuse(path)
  const { size, mtimeMs } = fstatSync(descriptor)
  const mark = Buffer.alloc(3)
  const hasMark = readSync(descriptor, mark, 0, 3, 0) === 3 && mark.readUIntBE(0, 3) === 0xefbbbf
  return {
    name,
    descriptor,
    start: hasMark ? 3 : 0,
    size,
    read: (target, position) => readFully(descriptor, target, position),
    checkUnchanged: () => {
      const now = fstatSync(descriptor)
      if (now.size !== size || now.mtimeMs !== mtimeMs) refuseChanged(name)
    },
    close: () => closeSync(descriptor),
  }
}

async function openOrRefuse(path: string): Promise<number> {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw new LabError(await filePage(error, path))
  }
}

/** A read may give less than it was asked for. */
function readFully(descriptor: number, target: Uint8Array, position: number): number {
  let filled = 0
  while (filled < target.length) {
    const got = readSync(descriptor, target, filled, target.length - filled, position + filled)
    if (got === 0) break
    filled += got
  }
  return filled
}

/** The help page for a file that another program writes to. */
export function refuseChanged(file: string): never {
  throw new LabError({
    code: 'file-changed',
    expected: 'a file that stays as it is while it is read',
    came: 'a file that another program changed in the meantime',
    advice: 'Wait until the other program is done with the file, or read a copy of it.',
    place: { file },
  })
}

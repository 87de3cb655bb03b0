import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { LabError } from '../../../errors/lab-error'

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b

/** So many bytes without a line break are no table, but a small file that unpacks to a huge one. */
const longestLine = 64 << 20

/** From so many bytes on, more than so many bytes out of one byte are no table: those pack ten to fifty times. */
const looked = 256 << 20
const mostPerByte = 500

/** Room that is left to the system on the disk of temporary files, in bytes. */
const leftFree = 256 << 20

/**
 * Unpacks a gzip file to a temporary one, lets `use` work with that, and removes it whatever happens. Help pages name
 * the packed file.
 * @throws LabError `broken-gzip`, `long-record`, `packed-too-well`, or `no-room` when the disk is too small for what is inside
 */
export async function withUnpacked<T>(path: string, use: (plain: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'nabla-'))
  const plain = join(folder, basename(path).replace(/\.gz$/i, '') || 'table')
  try {
    const { bavail, bsize } = await statfs(folder)
    const source = createReadStream(path)
    await pipeline(
      source,
      createGunzip(),
      guard(path, source, bavail * bsize - leftFree),
      createWriteStream(plain),
    )
    return await use(plain)
  } catch (error) {
    throw error instanceof LabError
      ? renamed(error, plain, path)
      : isBroken(error)
        ? broken(path, error)
        : error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Lets bytes pass while they may be a table and the disk has room for them. */
function guard(file: string, source: ReadStream, room: number): Transform {
  let passed = 0
  let line = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length
      const end = chunk.lastIndexOf(10)
      line = end < 0 ? line + chunk.length : chunk.length - end
      if (line > longestLine) done(tooLong(file))
      else if (passed > looked && passed > source.bytesRead * mostPerByte) done(tooWell(file, passed))
      else if (passed > room) done(noRoom(file, passed))
      else done(null, chunk)
    },
  })
}

function renamed(error: LabError, plain: string, path: string): LabError {
  const page = error.toPage()
  return page.place?.file === plain ? new LabError({ ...page, place: { ...page.place, file: path } }) : error
}

const isBroken = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')

const broken = (file: string, error: Error): LabError =>
  new LabError({
    code: 'broken-gzip',
    expected: 'a whole gzip file',
    came: /unexpected end/.test(error.message) ? 'one that ends too early' : 'one whose bytes are damaged',
    advice: 'Copy or download the file again, or pack the table anew.',
    place: { file },
  })

const tooLong = (file: string): LabError =>
  new LabError({
    code: 'long-record',
    expected: 'a table of many lines inside the gzip file',
    came: `a line of more than ${longestLine >> 20} MiB`,
    advice: 'Check what the file holds; this is no table that a person or a program would write.',
    place: { file },
  })

const tooWell = (file: string, bytes: number): LabError =>
  new LabError({
    code: 'packed-too-well',
    expected: `a table, of which a packed byte holds at most ${mostPerByte}`,
    came: `more than ${bytes >> 20} MiB of always the same`,
    advice: 'Check where the file comes from. If it is a table that you trust, unpack it and open it then.',
    place: { file },
  })

const noRoom = (file: string, bytes: number): LabError =>
  new LabError({
    code: 'no-room',
    expected: 'room on the disk for the unpacked table',
    came: `more than ${Math.round(bytes / 1e6).toLocaleString('en')} MB, for which there is none`,
    advice: 'Free some space on the disk of temporary files, or pack a smaller part of the table.',
    place: { file },
  })

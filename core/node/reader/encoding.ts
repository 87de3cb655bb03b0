import { isAscii, isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { LabError } from '../../errors/lab-error'
import { refuseNul } from './csv/refuse'
import { LetterCount, refuseMixed } from './mixed-encodings'
import type { CsvSettings } from '../../experiment/schema'

type Encoding = NonNullable<CsvSettings['encoding']>

export interface FoundEncoding {
  readonly encoding: Encoding
  readonly bigEndian: boolean
}

const headBytes = 1 << 18

/** The first 256 KiB of a file. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * How a file's bytes are to be read: by its byte order mark, else as UTF-8 if all of it is that, else as windows-1252
 * if that has a letter for every byte.
 * @throws LabError `not-text` for a file with NUL bytes, `undecodable` for bytes that no encoding here can read
 */
export async function findEncoding(path: string, head: Buffer, given?: Encoding): Promise<FoundEncoding> {
  const wide = wideOrder(head, given)
  if (wide) return { encoding: 'utf-16', bigEndian: wide === 'big' }
  const scan = await scanBytes(path)
  if (scan.nul !== undefined) refuseNul(path, scan.nul)
  if (given && given !== 'utf-8') return { encoding: given, bigEndian: false }
  if (scan.utf8) return { encoding: 'utf-8', bigEndian: false }
  if (given === undefined && scan.letters.looksMixed) refuseMixed(path)
  if (given === undefined && scan.windows1252) return { encoding: 'windows-1252', bigEndian: false }
  return refuseBytes(path, given)
}

/** How the bytes of a file in UTF-16 are to be read; nothing for other encodings. */
export async function findWide(path: string, given?: Encoding): Promise<FoundEncoding | undefined> {
  const order = wideOrder(await readHead(path), given)
  return order && { encoding: 'utf-16', bigEndian: order === 'big' }
}

/**
 * Whether windows-1252 has a letter for every byte of a file that is no UTF-8.
 * @throws LabError `mixed-encodings` where only parts of it are none
 */
export async function hasAll1252(path: string): Promise<boolean> {
  const { windows1252, letters } = await scanBytes(path)
  if (letters.looksMixed) refuseMixed(path)
  return windows1252
}

/** UTF-16 shows by its mark, or by every second byte of mostly Latin text being 0. */
function wideOrder(head: Buffer, given?: Encoding): 'little' | 'big' | undefined {
  if (given && given !== 'utf-16') return undefined
  if (head[0] === 0xff && head[1] === 0xfe) return 'little'
  if (head[0] === 0xfe && head[1] === 0xff) return 'big'
  let [even, odd] = [0, 0]
  head.forEach((byte, i) => {
    if (byte !== 0) return
    if (i % 2) odd++
    else even++
  })
  if (even > head.length * 0.2 && odd < head.length * 0.01) return 'big'
  return given || (odd > head.length * 0.2 && even < head.length * 0.01) ? 'little' : undefined
}

interface Scan {
  /** Place of the first NUL byte. */
  nul?: number
  utf8: boolean
  windows1252: boolean
  letters: LetterCount
}

const undefinedIn1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d]

/** One pass over the file's bytes. */
async function scanBytes(path: string): Promise<Scan> {
  const scan: Scan = { utf8: true, windows1252: true, letters: new LetterCount() }
  let tail = Buffer.alloc(0)
  let offset = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const nul = chunk.indexOf(0)
    if (nul >= 0) return { ...scan, nul: offset + nul }
    offset += chunk.length
    const bytes = tail.length ? Buffer.concat([tail, chunk]) : chunk
    const whole = bytes.length - unfinished(bytes)
    scan.utf8 &&= isUtf8(bytes.subarray(0, whole))
    tail = Buffer.from(bytes.subarray(whole))
    if (!scan.utf8) scan.windows1252 &&= undefinedIn1252.every((byte) => !bytes.includes(byte))
    if (!isAscii(chunk)) scan.letters.add(chunk)
  }
  scan.utf8 &&= tail.length === 0
  return scan
}

/** Bytes at the end that begin a UTF-8 letter without ending it. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

/**
 * The file's text, decoded piece by piece, without a byte order mark.
 * @throws LabError `undecodable`, or `not-text` for a NUL byte in letters of one byte
 */
export async function* decodeFile(path: string, found: FoundEncoding): AsyncGenerator<string, void, void> {
  const { encoding, bigEndian } = found
  const wide = encoding === 'utf-16'
  const decoder = new TextDecoder(wide ? (bigEndian ? 'utf-16be' : 'utf-16le') : 'utf-8', { fatal: true })
  try {
    let offset = 0
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const nul = wide ? -1 : chunk.indexOf(0)
      if (nul >= 0) refuseNul(path, offset + nul)
      offset += chunk.length
      if (encoding === 'latin-1') yield chunk.toString('latin1')
      else if (encoding === 'windows-1252') yield decodeWindows(chunk)
      else yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  } catch (error) {
    throw error instanceof TypeError ? undecodable(path, encoding) : error
  }
}

/** What windows-1252 has at bytes 80 to 9F, where latin-1 has control characters; a space where it has nothing. */
const windowsLetters = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** Own table, since not every build of Node knows this encoding. @throws TypeError at a byte without a letter */
function decodeWindows(chunk: Buffer): string {
  return chunk.toString('latin1').replace(/[\u0080-\u009f]/g, (control) => {
    const letter = windowsLetters[control.charCodeAt(0) - 0x80]!
    if (letter === ' ') throw new TypeError('byte without a letter')
    return letter
  })
}

/** The help page for a file that was said to be UTF-8. @param byte, row both from 1 */
export function refuseNotUtf8(path: string, byte: number, row: number): never {
  const page = undecodable(path, 'utf-8').toPage()
  throw new LabError({
    ...page,
    came: `${page.came}, the first of them at byte ${byte.toLocaleString('en')}`,
    place: row > 0 ? { file: path, row } : { file: path },
  })
}

function refuseBytes(path: string, given?: Encoding): never {
  throw undecodable(path, given)
}

/** The help page for bytes that are no letters. */
export const undecodable = (path: string, given?: Encoding): LabError =>
  new LabError({
    code: 'undecodable',
    expected: `text in ${given ?? 'utf-8 or windows-1252'}`,
    came: 'bytes that are no letters there',
    advice: given
      ? 'Choose another encoding: utf-8, utf-16, latin-1 or windows-1252.'
      : 'Set the encoding in the CSV settings, or save the table as UTF-8.',
    place: { file: path },
  })

import type { CsvSettings } from '../../../experiment/schema'
import { LabError } from '../../../errors/lab-error'
import { refuseLong, refuseNul } from './refuse'
import { longestRecord } from './survey'
import { refuseChanged, type Utf8File } from './utf8-file'

/** The beginning of a file, for finding out how it is written. */
export interface FileHead {
  /** Whole lines, those left out at the top on request not among them. */
  readonly text: string
  /** Lines that were left out on request. */
  readonly skip: number
  /** Byte of the file where a line begins, counted from 0 at the top of the file. */
  lineStart(line: number): number
}

const usualHead = 1 << 18
/** Lines that tell enough; for fewer, more bytes are read, up to `enoughBytes`. */
const enoughLines = 4
const enoughBytes = 1 << 22

/** @throws LabError `not-text`, `long-record`, `too-few-lines`, `file-changed` */
export function readHead(file: Utf8File, { skip = 0 }: CsvSettings): FileHead {
  let bytes = read(file, usualHead)
  let starts = lineStarts(bytes)
  while (isShort(starts.length - 1, skip, bytes.length) && file.start + bytes.length < file.size) {
    if (bytes.length >= longestRecord) refuseLong(file.name, 0, longestRecord)
    bytes = read(file, bytes.length * 4)
    starts = lineStarts(bytes)
  }
  const isAll = file.start + bytes.length >= file.size
  const end = isAll ? bytes.length : starts.at(-1)!
  if (skip >= starts.length) refuseSkip(file.name, skip, starts.length)
  const text = bytes.subarray(starts[skip], end)
  return { text: text.toString('utf8'), skip, lineStart: (line) => file.start + starts[line]! }
}

const isShort = (lines: number, skip: number, bytes: number): boolean =>
  lines <= skip || (lines < skip + enoughLines && bytes < enoughBytes)

function read(file: Utf8File, wanted: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.min(wanted, file.size - file.start))
  if (file.read(bytes, file.start) < bytes.length) refuseChanged(file.name)
  const nul = bytes.indexOf(0)
  if (nul >= 0) refuseNul(file.name, file.start + nul)
  return bytes
}

/** Where lines begin; a line break at the very end of what was read may be the first half of one, and does not count. */
function lineStarts(bytes: Buffer): number[] {
  const starts = [0]
  for (let at = 0; at < bytes.length - 1; at++) {
    const byte = bytes[at]!
    if (byte === 10 || (byte === 13 && bytes[at + 1] !== 10)) starts.push(at + 1)
  }
  return starts
}

function refuseSkip(file: string, skip: number, lines: number): never {
  throw new LabError({
    code: 'too-few-lines',
    expected: `more than the ${skip} lines that are left out at the top`,
    came: `${lines}`,
    advice: 'Leave out fewer lines in the CSV settings.',
    place: { file, path: 'data.csv.skip' },
  })
}

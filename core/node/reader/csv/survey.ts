import { isUtf8 } from 'node:buffer'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Dialect } from '../../../data/csv/dialect'
import { startKernel, type CsvKernel } from '../../../data/csv/kernel-module'
import { encodeSettings } from './kernel-settings'
import { refuseLong, refuseNul, refuseQuote } from './refuse'
import { refuseChanged, type Utf8File } from './utf8-file'

/** Where the records of a file are. */
export interface Layout {
  readonly rows: number
  /** Byte where each piece begins, and where the last one ends: each holds whole records. */
  readonly cuts: Float64Array
  /** Row (from 0) with which each piece begins, and the number of rows. */
  readonly firstRows: Uint32Array
}

/** Bytes in which a text is no UTF-8. */
export class NotUtf8 extends Error {
  constructor(
    /** Counted from 1. */
    readonly byte: number,
    readonly row: number,
  ) {
    super(`no UTF-8 at byte ${byte}`)
  }
}

/** A record may have as many bytes; a quote that is never closed is found by it too. */
export const longestRecord = 64 << 20

/** So many bytes are gone over before others get their turn. */
const patience = 32 << 20

/**
 * Goes over a file once: counts its records, cuts it into pieces of about `pieceBytes`, and finds what cannot be read.
 * @param from byte of the first record @param firstRow its number in messages (from 1) @param most so many records only
 * @throws NotUtf8, or LabError `not-text`, `unclosed-quote`, `long-record`, `file-changed`
 */
export async function surveyFile(
  file: Utf8File,
  dialect: Dialect,
  from: number,
  firstRow: number,
  pieceBytes: number,
  most = Infinity,
): Promise<Layout> {
  const kernel = startKernel(encodeSettings({ dialect, decimal: '.', missing: [], kinds: [] }))
  const cuts = [from]
  const firstRows = [0]
  let [position, rows, wanted, turn] = [from, 0, pieceBytes, from]
  while (position < file.size && rows < most) {
    const length = Math.min(wanted, file.size - position)
    const last = position + length === file.size
    const bytes = readPiece(file, kernel, position, length)
    const nul = bytes.indexOf(0)
    if (nul >= 0) refuseNul(file.name, position + nul)
    const used = kernel.survey(length, last ? 1 : 0, Math.min(most, 0xffffffff))
    const row = firstRow + rows + kernel.records.value
    checkUtf8(kernel, used, position, firstRow + rows)
    const unfinished = used === 0 && length >= longestRecord
    if (kernel.fault.value === 2 || (kernel.fault.value === 1 && (last || unfinished)))
      refuseQuote(dialect.quote, row, file.name)
    if (unfinished) refuseLong(file.name, row, longestRecord)
    wanted = used === 0 ? wanted * 2 : pieceBytes
    if (used === 0) continue
    rows += kernel.records.value
    position += used
    cuts.push(position)
    firstRows.push(rows)
    if (position - turn > patience) {
      turn = position
      await nextTurn()
    }
  }
  return { rows, cuts: Float64Array.from(cuts), firstRows: Uint32Array.from(firstRows) }
}

function readPiece(file: Utf8File, kernel: CsvKernel, position: number, length: number): Uint8Array {
  const at = kernel.makeRoom(length)
  const bytes = new Uint8Array(kernel.memory.buffer, at, length)
  if (file.read(bytes, position) < length) refuseChanged(file.name)
  return bytes
}

/** Whole records are whole letters too, as a line break is no part of a letter. */
function checkUtf8(kernel: CsvKernel, used: number, position: number, row: number): void {
  const text = new Uint8Array(kernel.memory.buffer, kernel.makeRoom(0), used)
  if (isUtf8(text)) return
  let [good, bad] = [0, used]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8(text.subarray(0, wholeLetters(text, middle)))) good = middle
    else bad = middle
  }
  const at = wholeLetters(text, good)
  kernel.survey(at + 1, 1, 0xffffffff)
  const before = kernel.records.value - (kernel.fault.value ? 0 : 1)
  throw new NotUtf8(position + at + 1, row + Math.max(0, before))
}

/** The length without the beginning of a letter at the end. */
function wholeLetters(text: Uint8Array, length: number): number {
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = text[length - back]!
    if (byte >= 0xc0) return length - back
    if (byte < 0x80) break
  }
  return length
}

import { readSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { csvModule } from '../../../data/csv/kernel-module'
import { encodeSettings, kindsAt, type CellKind, type KernelSettings } from './kernel-settings'
import { type LabError } from '../../../errors/lab-error'
import type { OddCells } from './collect-odd'
import { mergeLevels } from './merge-levels'
import { parseShare, type OddCell, type ShareResult, type ShareSetup } from './parse-share'
import { readInThread } from './share-threads'
import type { Layout } from './survey'
import { refuseChanged, type Utf8File } from './utf8-file'

/** The cells of one column: numbers, words, or nothing where it was skipped or dropped. */
export type Cells =
  | { readonly values: Float64Array; readonly missing: number }
  | { readonly codes: Int32Array; readonly levels: readonly string[] }
  | undefined

/** Pieces that this thread reads before others get their turn. */
const patience = 32

/**
 * Reads the columns of a file whose layout is known, on as many threads as asked for; the result does not depend on how
 * many there are.
 * @param odd decides on odd cells, in any order of rows
 * @param failed gives the error for a record that is not as wide as the table; its row counts from 0
 */
export async function readColumns(
  file: Utf8File,
  layout: Layout,
  settings: KernelSettings,
  threads: number,
  odd: OddCells,
  failed: (row: number, cells: number) => LabError,
): Promise<Cells[]> {
  odd.restart()
  const setup = makeSetup(file, layout, settings)
  const missing = new Float64Array(settings.kinds.length)
  const onOdd = (cells: readonly OddCell[]): void => {
    for (const [column, row, cell] of cells) {
      const verdict = setup.dropped[column] ? 'drop' : odd.judge(column, row, cell)
      if (verdict === 'drop') setup.dropped[column] = 1
      else if (verdict.isMissing) missing[column]!++
      else setup.targets[column]![row] = verdict.value
    }
  }
  const helpers = Array.from({ length: threads - 1 }, () => readInThread(setup, onOdd))
  const shares = [await readHere(setup, onOdd), ...(await Promise.all(helpers))]
  file.checkUnchanged()
  const results = shares.filter((share) => share !== undefined)
  const failure = firstFailure(results)
  if (failure === 'changed') refuseChanged(file.name)
  if (failure) throw failed(failure.row, failure.cells)
  // A thread that was lost took pieces with it.
  const read = results.reduce((sum, { pieces }) => sum + pieces.length, 0)
  if (read < layout.cuts.length - 1) return readColumns(file, layout, settings, 1, odd, failed)
  return settings.kinds.map((_, column) => finish(setup, results, column, missing[column]!))
}

function makeSetup(file: Utf8File, { cuts, firstRows, rows }: Layout, settings: KernelSettings): ShareSetup {
  const control = new Int32Array(new SharedArrayBuffer(8))
  control[1] = 0x7fffffff
  return {
    kernel: csvModule(),
    settings: encodeSettings(settings),
    kindsAt,
    descriptor: file.descriptor,
    cuts,
    firstRows,
    targets: settings.kinds.map((kind) => makeTarget[kind](rows)),
    control,
    dropped: new Uint8Array(new SharedArrayBuffer(settings.kinds.length)),
  }
}

const makeTarget: Record<CellKind, (rows: number) => Float64Array | Int32Array | undefined> = {
  skip: () => undefined,
  number: (rows) => new Float64Array(new SharedArrayBuffer(rows * 8)),
  words: (rows) => new Int32Array(new SharedArrayBuffer(rows * 4)),
}

async function readHere(setup: ShareSetup, onOdd: (cells: readonly OddCell[]) => void): Promise<ShareResult> {
  const share = parseShare(setup, readSync)
  for (let pieces = 1; ; pieces++) {
    const { done, value } = share.next()
    if (done) return value
    onOdd(value)
    if (pieces % patience === 0) await nextTurn()
  }
}

function firstFailure(results: readonly ShareResult[]): ShareResult['failure'] {
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]))
  if (failures.includes('changed')) return 'changed'
  return failures.filter((failure) => failure !== 'changed').sort((a, b) => a.row - b.row)[0]
}

function finish(setup: ShareSetup, results: readonly ShareResult[], column: number, missing: number): Cells {
  const target = setup.targets[column]
  if (!target || setup.dropped[column]) return undefined
  if (target instanceof Int32Array) return { codes: target, levels: mergeLevels(setup, results, column) }
  const counted = results.reduce((sum, result) => sum + result.missing[column]!, missing)
  return { values: target, missing: counted }
}

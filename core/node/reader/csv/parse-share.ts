import type { WasmModule } from '../../../backends/wasm/web-assembly'
import type { CsvKernel } from '../../../data/csv/kernel-module'

/** What a thread needs to read its share of a file; all of it can be sent to another thread. */
export interface ShareSetup {
  readonly kernel: WasmModule
  readonly settings: Uint8Array
  readonly kindsAt: number
  readonly descriptor: number
  /** Byte where each piece begins, and where the last one ends. */
  readonly cuts: Float64Array
  /** Row with which each piece begins (from 0), and the number of rows. */
  readonly firstRows: Uint32Array
  /** For each column: where its numbers or codes go. Left out: the column is skipped. */
  readonly targets: readonly (Float64Array | Int32Array | undefined)[]
  /** The next piece that nobody has begun; the first piece that cannot be read. In shared memory. */
  readonly control: Int32Array
  /** 1 for a column that is to be skipped from now on. In shared memory. */
  readonly dropped: Uint8Array
}

/** A cell of a number column for the host to decide on; its row counts from 0. */
export type OddCell = readonly [column: number, row: number, cell: string]

/** The distinct cells of one column, as one text in UTF-8. */
export interface ShareLevels {
  readonly bytes: Uint8Array
  /** Where each ends in `bytes`. */
  readonly ends: Uint32Array
  /** First row of each within this share. */
  readonly firstRows: Uint32Array
}

/** What a share ended with, beside what it wrote. */
export interface ShareResult {
  /** For columns of words. Codes of rows in `pieces` are places in these. */
  readonly levels: readonly (ShareLevels | undefined)[]
  /** Missing cells of number columns. */
  readonly missing: Uint32Array
  readonly pieces: readonly number[]
  /** A record that is not as wide as the table (row from 0), or a file that is not what it was. */
  readonly failure?: { readonly row: number; readonly cells: number } | 'changed'
}

type Read = (
  descriptor: number,
  target: Uint8Array,
  offset: number,
  length: number,
  position: number,
) => number

/**
 * Reads pieces until none is left, and yields the odd cells of each. It is sent to helper threads as text, so it may use
 * nothing from outside but what every runtime has.
 */
export function* parseShare(setup: ShareSetup, readSync: Read): Generator<OddCell[], ShareResult, void> {
  const { cuts, firstRows, targets, control, dropped } = setup
  interface Api {
    Instance: new (module: WasmModule, imports: object) => { exports: unknown }
  }
  const { Instance } = (globalThis as unknown as { WebAssembly: Api }).WebAssembly
  const imports = { env: { abort: () => undefined } }
  const kernel = new Instance(setup.kernel, imports).exports as CsvKernel
  const address = kernel.settingsRoom(setup.settings.length)
  const memory = (): ArrayBuffer => kernel.memory.buffer
  new Uint8Array(memory()).set(setup.settings, address)
  kernel.configure(address)

  const fill = (bytes: Uint8Array, position: number): boolean => {
    for (let at = 0; at < bytes.length;) {
      const got = readSync(setup.descriptor, bytes, at, bytes.length - at, position + at)
      if (got === 0) return false
      at += got
    }
    return true
  }

  const oddCells = (firstRow: number): OddCell[] => {
    const entries = new Uint32Array(memory(), kernel.oddEntries(), kernel.oddCount() * 4)
    const decoder = new TextDecoder()
    return Array.from({ length: entries.length / 4 }, (_, i) => {
      const [column, row, at, length] = entries.subarray(i * 4, i * 4 + 4) as unknown as number[]
      return [column!, firstRow + row!, decoder.decode(new Uint8Array(memory(), at, length))]
    })
  }

  const copyOut = (firstRow: number, rows: number): void => {
    const output = kernel.makeOutput(0)
    targets.forEach((target, column) => {
      if (!target || dropped[column]) return
      const at = output + column * rows * 8
      const cells =
        target instanceof Float64Array
          ? new Float64Array(memory(), at, rows)
          : new Int32Array(memory(), at, rows)
      target.set(cells, firstRow)
    })
  }

  const levelsOf = (column: number): ShareLevels => {
    const count = kernel.levelCount(column)
    const entries = new Uint32Array(memory(), kernel.levelEntries(column), count * 4)
    const levels = { ends: new Uint32Array(count), firstRows: new Uint32Array(count) }
    let size = 0
    for (let i = 0; i < count; i++) {
      levels.ends[i] = size += entries[i * 4 + 2]!
      levels.firstRows[i] = entries[i * 4 + 3]!
    }
    const bytes = new Uint8Array(size)
    const all = new Uint8Array(memory())
    for (let i = 0; i < count; i++) {
      const at = entries[i * 4 + 1]!
      const length = entries[i * 4 + 2]!
      bytes.set(all.subarray(at, at + length), levels.ends[i]! - length)
    }
    return { bytes, ...levels }
  }

  const pieces: number[] = []
  const finish = (failure?: ShareResult['failure']): ShareResult => ({
    levels: targets.map((target, column) => (target instanceof Int32Array ? levelsOf(column) : undefined)),
    missing: Uint32Array.from(targets, (_, column) => kernel.missingCount(column)),
    pieces,
    ...(failure !== undefined && { failure }),
  })

  for (;;) {
    const piece = Atomics.add(control, 0, 1)
    if (piece >= cuts.length - 1 || piece > Atomics.load(control, 1)) return finish()
    const length = cuts[piece + 1]! - cuts[piece]!
    const firstRow = firstRows[piece]!
    const rows = firstRows[piece + 1]! - firstRow
    const text = kernel.makeRoom(length)
    if (!fill(new Uint8Array(memory(), text, length), cuts[piece]!)) return finish('changed')
    const kinds = new Uint8Array(memory(), address + setup.kindsAt, targets.length)
    dropped.forEach((isDropped, column) => {
      if (isDropped) kinds[column] = 0
    })
    const read = kernel.parse(length, rows, firstRow)
    if (read !== rows) {
      for (let first = Atomics.load(control, 1); piece < first; first = Atomics.load(control, 1))
        Atomics.compareExchange(control, 1, first, piece)
      return finish(read < rows ? { row: firstRow + read, cells: kernel.cellsFound.value } : 'changed')
    }
    copyOut(firstRow, rows)
    pieces.push(piece)
    yield kernel.oddCount() ? oddCells(firstRow) : []
  }
}

import { decodeBase64 } from '../../backends/wasm/base64'
import { webAssembly, type WasmModule } from '../../backends/wasm/web-assembly'
import { csvKernel } from './generated/csv-kernel'

let compiled: WasmModule | undefined

/** The compiled reader of CSV bytes; it can be sent to other threads. */
export const csvModule = (): WasmModule => (compiled ??= new webAssembly.Module(decodeBase64(csvKernel)))

/** What the kernel offers; addresses are bytes of its memory. See `kernel/` for each. */
export interface CsvKernel {
  readonly memory: { readonly buffer: ArrayBuffer }
  settingsRoom(bytes: number): number
  configure(address: number): void
  makeRoom(bytes: number): number
  survey(length: number, last: number, most: number): number
  readonly records: { readonly value: number }
  readonly fault: { readonly value: number }
  parse(length: number, rows: number, firstRow: number): number
  readonly cellsFound: { readonly value: number }
  makeOutput(cells: number): number
  oddCount(): number
  oddEntries(): number
  levelCount(column: number): number
  levelEntries(column: number): number
  missingCount(column: number): number
}

/** A kernel with memory of its own, ready for a table with these settings. */
export function startKernel(settings: Uint8Array): CsvKernel {
  const kernel = new webAssembly.Instance(csvModule(), { env: { abort: ranOut } })
    .exports as unknown as CsvKernel
  const address = kernel.settingsRoom(settings.length)
  new Uint8Array(kernel.memory.buffer).set(settings, address)
  kernel.configure(address)
  return kernel
}

function ranOut(): never {
  throw new RangeError('the reader has no more memory')
}

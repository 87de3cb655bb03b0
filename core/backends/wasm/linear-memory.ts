import { LabError } from '../../errors/lab-error'
import { webAssembly, type WasmMemory } from './web-assembly'

const PAGE = 65536
export const MOST_PAGES = 65536
/** Below lie the kernels' own constants. */
const FIRST_FREE = 4096
/** Kernels may read, never write, this far beyond the end of a row. */
const SLACK = 64

/** One linear memory, handed out from the bottom up. Places are given back only with the memory as a whole. */
export class LinearMemory {
  readonly memory: WasmMemory
  private top = FIRST_FREE

  constructor(readonly shared: boolean) {
    this.memory = new webAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared })
  }

  /** A zero-filled place of that many bytes; its address is a multiple of 16. */
  allocate(bytes: number): number {
    const address = this.top
    this.top = Math.ceil((address + bytes) / 16) * 16
    this.reserve(this.top + SLACK)
    return address
  }

  /** The numbers at an address, until the memory grows. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length)
  }

  /** Whole numbers of 32 bits written to a place of their own. */
  words(values: readonly number[]): number {
    const address = this.allocate(values.length * 4)
    new Int32Array(this.memory.buffer, address, values.length).set(values)
    return address
  }

  /** Bytes written to a place of their own. */
  bytes(values: Uint8Array): number {
    const address = this.allocate(values.length)
    new Uint8Array(this.memory.buffer, address, values.length).set(values)
    return address
  }

  private reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength
    if (missing <= 0) return
    try {
      this.memory.grow(Math.ceil(missing / PAGE))
    } catch {
      throw new LabError({
        code: 'out-of-memory',
        expected: 'at most 4 GB for one network with its batch',
        came: `a need of ${(bytes / 2 ** 30).toFixed(1)} GB`,
        advice: 'Use a smaller batch size or fewer units.',
      })
    }
  }
}

import { LabError } from '../../errors/lab-error'
import { webAssembly, type WasmMemory } from './web-assembly'

const PAGE = 65536
export const MOST_PAGES = 65536
/** Below lie the kernels' own constants. */
const FIRST_FREE = 4096
/** Kernels may read, never write, this far beyond the end of a row. */
const SLACK = 64

/** A place that was given back. */
interface Gap {
  readonly address: number
  readonly bytes: number
}

/** Gaps in the order of their addresses, and the next one: a neighbour of the last becomes part of it. */
function joinGap(gaps: readonly Gap[], next: Gap): Gap[] {
  const last = gaps.at(-1)
  if (!last || last.address + last.bytes !== next.address) return [...gaps, next]
  return [...gaps.slice(0, -1), { address: last.address, bytes: last.bytes + next.bytes }]
}

const roundUp = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** One linear memory, handed out from the bottom up; what was lent and given back is lent again first. */
export class LinearMemory {
  readonly memory: WasmMemory
  private top = FIRST_FREE
  private gaps: readonly Gap[] = []

  constructor(readonly shared: boolean) {
    this.memory = new webAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared })
  }

  /** A zero-filled place of that many bytes; its address is a multiple of 16. */
  allocate(bytes: number): number {
    const address = this.top
    this.top += roundUp(bytes)
    this.reserve(this.top + SLACK)
    return address
  }

  /** As `allocate`, for a place that may be given back: small lasting ones would break up what others gave back. */
  lend(bytes: number): number {
    const whole = roundUp(bytes)
    // The smallest that is large enough, so that large ones stay whole.
    const [gap] = this.gaps.filter((free) => free.bytes >= whole).sort((a, b) => a.bytes - b.bytes)
    return gap ? this.reuse(gap, whole) : this.allocate(bytes)
  }

  /** Gives back a place that was lent with so many bytes. */
  free(address: number, bytes: number): void {
    const gaps = [...this.gaps, { address, bytes: roundUp(bytes) }].sort((a, b) => a.address - b.address)
    this.gaps = gaps.reduce<Gap[]>((joined, gap) => joinGap(joined, gap), [])
  }

  /** The beginning of a gap, zero-filled; what is left of it stays one. */
  private reuse(gap: Gap, bytes: number): number {
    const rest = { address: gap.address + bytes, bytes: gap.bytes - bytes }
    this.gaps = this.gaps.flatMap((other) => (other !== gap ? other : rest.bytes ? rest : []))
    new Uint8Array(this.memory.buffer, gap.address, bytes).fill(0)
    return gap.address
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

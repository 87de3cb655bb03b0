import type { StateStore } from '../backend'
import type { LinearMemory } from './linear-memory'

/** Persistent buffers in the backend's memory. */
export class WasmStore implements StateStore {
  private readonly addresses: ReadonlyMap<string, number>

  constructor(
    readonly sizes: Readonly<Record<string, number>>,
    readonly memory: LinearMemory,
  ) {
    this.addresses = new Map(Object.entries(sizes).map(([name, size]) => [name, memory.allocate(size * 4)]))
  }

  /** @throws RangeError when there is no such buffer. */
  address(buffer: string): number {
    const address = this.addresses.get(buffer)
    if (address === undefined) throw new RangeError(`the store has no buffer "${buffer}"`)
    return address
  }

  read(buffer: string, into?: Float32Array | Float64Array): Float32Array | Float64Array {
    const view = this.view(buffer)
    if (into?.length !== view.length) return view.slice()
    into.set(view)
    return into
  }

  write(buffer: string, values: Float32Array | Float64Array): void {
    const view = this.view(buffer)
    if (values.length !== view.length)
      throw new RangeError(`buffer "${buffer}" has ${view.length} numbers, not ${values.length}`)
    view.set(values)
  }

  private view(buffer: string): Float32Array {
    return this.memory.floats(this.address(buffer), this.sizes[buffer] ?? 0)
  }
}

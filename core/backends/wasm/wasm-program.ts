import type { Region } from '../../graph/op'
import { sizeOf } from '../../graph/shape'
import type { Program, RunSeed } from '../backend'
import type { LinearMemory } from './linear-memory'
import type { WasmFunction } from './web-assembly'

/** A region's place in memory. */
export interface Window {
  readonly address: number
  readonly size: number
}

/** A plan that has become one WebAssembly function. */
export class WasmProgram implements Program {
  private readonly views = new Map<Window, Float32Array>()

  constructor(
    private readonly memory: LinearMemory,
    private readonly inputs: ReadonlyMap<string, Window>,
    private readonly outputs: ReadonlyMap<string, Window>,
    private readonly runAll: WasmFunction,
  ) {}

  /** @throws RangeError when the plan has no such input. */
  input(name: string): Float32Array {
    return this.view(this.inputs.get(name) ?? refuse('input', name))
  }

  /** @throws RangeError when the plan has no such output. */
  output(name: string): Float32Array {
    return this.view(this.outputs.get(name) ?? refuse('output', name))
  }

  run(seed: RunSeed): void {
    this.runAll(seed.key[0], seed.key[1], seed.step)
  }

  /** One view a window, made anew when the memory has moved. */
  private view(window: Window): Float32Array {
    const known = this.views.get(window)
    if (known && known.buffer === this.memory.memory.buffer) return known
    const view = this.memory.floats(window.address, window.size)
    this.views.set(window, view)
    return view
  }
}

function refuse(kind: string, name: string): never {
  throw new RangeError(`the plan has no ${kind} "${name}"`)
}

/** The places of named regions. */
export const windowsOf = (
  regions: Readonly<Record<string, Region>>,
  address: (region: Region) => number,
): ReadonlyMap<string, Window> =>
  new Map(
    Object.entries(regions).map(([name, region]) => [
      name,
      { address: address(region), size: sizeOf(region.shape) },
    ]),
  )

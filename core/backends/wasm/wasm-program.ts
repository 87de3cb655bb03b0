import type { Region } from '../../graph/op'
import type { KernelCall } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'
import type { Program, ProgramPart, RunSeed } from '../backend'
import type { LinearMemory } from './linear-memory'
import type { Span } from './memory-use'
import type { WasmFunction } from './web-assembly'

/** A region's place in memory. */
export interface Window {
  readonly address: number
  readonly size: number
}

/** Neighbouring calls that have become one function of their own. */
export interface CompiledPart {
  readonly calls: readonly KernelCall[]
  readonly run: WasmFunction
}

/** A plan that has become one WebAssembly function. */
export class WasmProgram implements Program {
  private readonly views = new Map<Window, Float32Array>()

  constructor(
    private readonly memory: LinearMemory,
    private readonly windows: Readonly<Record<'inputs' | 'outputs', ReadonlyMap<string, Window>>>,
    private readonly runAll: WasmFunction,
    private readonly compileParts: () => readonly CompiledPart[],
    /** Where it keeps its numbers. */
    private readonly arena: Span,
  ) {}

  /** @throws RangeError when the plan has no such input. */
  input(name: string): Float32Array {
    return this.view(this.windows.inputs.get(name) ?? refuse('input', name))
  }

  /** @throws RangeError when the plan has no such output. */
  output(name: string): Float32Array {
    return this.view(this.windows.outputs.get(name) ?? refuse('output', name))
  }

  run(seed: RunSeed): void {
    call(this.runAll, seed)
  }

  parts(): readonly ProgramPart[] {
    return this.compileParts().map(({ calls, run }) => ({ calls, run: (seed) => call(run, seed) }))
  }

  release(): void {
    this.memory.free(this.arena.address, this.arena.bytes)
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

const call = (run: WasmFunction, { key, step }: RunSeed): void => void run(key[0], key[1], step)

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

import type { Region } from '../../graph/op'
import type { KernelCall, Plan } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'
import type { Backend, Program, StateStore } from '../backend'
import { kernelsModule } from './kernels-instance'
import { LinearMemory, MOST_PAGES } from './linear-memory'
import type { Span } from './memory-use'
import { lowerPlan } from './lowering/lower-plan'
import type { Placement } from './lowering/lowering'
import type { Sharing } from './lowering/share'
import { encodeParts, encodeProgram, type Step } from './program-module'
import { Team, type TeamProgram, type ThreadOptions } from './threads/team'
import { webAssembly, type WasmFunction, type WasmInstance } from './web-assembly'
import { WasmProgram, windowsOf, type CompiledPart } from './wasm-program'
import { WasmStore } from './wasm-store'

export interface WasmOptions {
  /** Whether neighbouring elementwise calls become one pass over memory: the same bits, less time. Default true. */
  readonly fuse?: boolean
  /** Shares large steps out among threads: the same bits. Left out, the thread that runs a program does all of it. */
  readonly threads?: ThreadOptions
}

/** Nanoseconds; twice what a helper that has gone to sleep takes to come. Measured. */
const LEAST_WORK = 15_000

/**
 * The float32 backend: compiled SIMD kernels in one linear memory. A loaded plan becomes one generated WebAssembly
 * function. The memory of stores and programs is given back when the backend and all that it made are dropped, so
 * make a backend for each training, and close it where it has threads.
 */
export function createWasmBackend(options: WasmOptions = {}): Backend {
  return new WasmBackend(options)
}

/** Calls that have become one function, and the same cut into parts. */
export interface CompiledCalls {
  readonly run: WasmFunction
  readonly parts: () => readonly CompiledPart[]
}

/** A plan with a place in a backend's memory. */
export interface PlacedPlan {
  readonly memory: LinearMemory
  /** Address in bytes of a region's first element. */
  readonly address: (region: Region) => number
  /** Where it keeps its numbers. */
  readonly arena: Span
  /** Compiles neighbouring calls of the plan; what lies at `wanted` is read after them by others. */
  readonly compile: (calls: readonly KernelCall[], wanted?: readonly Region[]) => CompiledCalls
}

export class WasmBackend implements Backend {
  readonly name = 'wasm'
  readonly precision = 'float32'
  private readonly memory: LinearMemory
  private readonly kernels: WasmInstance
  private readonly fuse: boolean
  private readonly sharing: Sharing | undefined
  private readonly team: Team | undefined
  private readonly workspaces: { address: number; bytes: number }[] = []

  constructor({ fuse = true, threads }: WasmOptions) {
    this.fuse = fuse
    const shared = (threads?.count ?? 1) > 1
    if (threads && shared)
      this.sharing = { threads: threads.count, leastWork: threads.leastWork ?? LEAST_WORK }
    this.memory = new LinearMemory(shared)
    const { memory } = this.memory
    const kernels = kernelsModule(shared)
    this.kernels = new webAssembly.Instance(kernels, { env: { memory } })
    if (threads && shared) this.team = new Team(threads, { memory, kernels })
  }

  createStore(sizes: Readonly<Record<string, number>>): StateStore {
    return new WasmStore(sizes, this.memory)
  }

  load(plan: Plan, store: StateStore): Program {
    const { address, compile, arena } = this.place(plan, store)
    const windows = { inputs: windowsOf(plan.inputs, address), outputs: windowsOf(plan.outputs, address) }
    const { run, parts } = compile(plan.calls)
    return new WasmProgram(this.memory, windows, run, parts, arena)
  }

  /** Gives a plan its memory, constants filled in, without making a program of it yet. */
  place(plan: Plan, store: StateStore): PlacedPlan {
    const own = this.ownStore(plan, store)
    const arena = this.memory.lend(plan.arenaSize * 4)
    const address = (region: Region): number =>
      (region.buffer === 'arena' ? arena : own.address(region.buffer)) + region.offset * 4
    this.writeConstants(plan, address)
    const { fuse, sharing, memory } = this
    const compile: PlacedPlan['compile'] = (calls, wanted = []) => {
      const outputs = { ...plan.outputs, ...Object.fromEntries(wanted.entries()) }
      const parts = lowerPlan({ ...plan, calls, outputs }, this.placement(address), { fuse, sharing })
      return {
        run: this.instantiate(parts.flatMap(({ steps }) => steps)),
        parts: () => parts.map((part) => ({ calls: part.calls, run: this.instantiate(part.steps) })),
      }
    }
    return { memory, address, compile, arena: { address: arena, bytes: plan.arenaSize * 4 } }
  }

  close(): void {
    this.team?.close()
  }

  private instantiate(steps: readonly Step[]): WasmFunction {
    const { memory } = this.memory
    const imports = { env: { memory }, kernels: this.kernels.exports }
    const exportsOf = (bytes: Uint8Array, more = {}): WasmInstance['exports'] =>
      new webAssembly.Instance(new webAssembly.Module(bytes), { ...imports, ...more }).exports
    if (!this.team) return exportsOf(encodeProgram(steps))['run']!
    const { team } = this
    const run = exportsOf(encodeProgram(steps, MOST_PAGES), { team: { split: team.split } })['run']!
    if (!steps.some((step) => 'parts' in step)) return run
    const bytes = encodeParts(steps, MOST_PAGES)
    const program: TeamProgram = {
      parts: Object.values(exportsOf(bytes)),
      address: this.memory.bytes(bytes),
      bytes: bytes.length,
    }
    return (...seed) => {
      team.use(program)
      return run(...seed)
    }
  }

  private ownStore(plan: Plan, store: StateStore): WasmStore {
    if (!(store instanceof WasmStore) || store.memory !== this.memory)
      throw new TypeError('a store belongs to the backend that created it')
    for (const [buffer, size] of Object.entries(plan.states))
      if ((store.sizes[buffer] ?? -1) < size)
        throw new RangeError(
          `the plan needs ${size} numbers in "${buffer}", the store has ${store.sizes[buffer]}`,
        )
    return store
  }

  private writeConstants(plan: Plan, address: (region: Region) => number): void {
    for (const { region, values } of plan.constants) {
      const view = this.memory.floats(address(region), sizeOf(region.shape))
      if (values.length === 1) view.fill(values[0]!)
      else view.set(values)
    }
  }

  private placement(address: (region: Region) => number): Placement {
    return {
      address,
      words: (values) => this.memory.words(values),
      workspace: (bytes, part = 0) => this.workspaceOf(bytes, part),
      matmulWorkspace: (k, n) => this.kernels.exports['matmulWorkspace']!(k, n),
    }
  }

  /** Programs run one at a time and share workspaces; programs loaded before one grew keep the old one. */
  private workspaceOf(bytes: number, part: number): number {
    const known = this.workspaces[part]
    if (known && known.bytes >= bytes) return known.address
    const address = this.memory.allocate(bytes)
    this.workspaces[part] = { address, bytes }
    return address
  }
}

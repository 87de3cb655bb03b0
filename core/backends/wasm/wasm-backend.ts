import type { Region } from '../../graph/op'
import type { Plan } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'
import type { Backend, Program, StateStore } from '../backend'
import { instantiateKernels } from './kernels-instance'
import { LinearMemory } from './linear-memory'
import { lowerPlan } from './lowering/lower-plan'
import type { Placement } from './lowering/lowering'
import { encodeProgram } from './program-module'
import { webAssembly, type WasmInstance } from './web-assembly'
import { WasmProgram, windowsOf } from './wasm-program'
import { WasmStore } from './wasm-store'

export interface WasmOptions {
  /** Whether neighbouring elementwise calls become one pass over memory: the same bits, less time. Default true. */
  readonly fuse?: boolean
}

/**
 * The float32 backend: compiled SIMD kernels in one linear memory. A loaded plan becomes one generated WebAssembly
 * function. The memory of stores and programs is given back when the backend and all that it made are dropped, so
 * make a backend for each training.
 */
export function createWasmBackend(options: WasmOptions = {}): Backend {
  return new WasmBackend(options.fuse ?? true)
}

class WasmBackend implements Backend {
  readonly name = 'wasm'
  readonly precision = 'float32'
  private readonly memory = new LinearMemory()
  private readonly kernels: WasmInstance = instantiateKernels(this.memory.memory)
  private workspace = { address: 0, bytes: 0 }

  constructor(private readonly fuse: boolean) {}

  createStore(sizes: Readonly<Record<string, number>>): StateStore {
    return new WasmStore(sizes, this.memory)
  }

  load(plan: Plan, store: StateStore): Program {
    const own = this.ownStore(plan, store)
    const arena = this.memory.allocate(plan.arenaSize * 4)
    const address = (region: Region): number =>
      (region.buffer === 'arena' ? arena : own.address(region.buffer)) + region.offset * 4
    this.writeConstants(plan, address)
    const steps = lowerPlan(plan, this.placement(address), this.fuse)
    const instance = new webAssembly.Instance(new webAssembly.Module(encodeProgram(steps)), {
      env: { memory: this.memory.memory },
      kernels: this.kernels.exports,
    })
    const run = instance.exports['run']!
    return new WasmProgram(
      this.memory,
      windowsOf(plan.inputs, address),
      windowsOf(plan.outputs, address),
      run,
    )
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
      workspace: (bytes) => this.workspaceOf(bytes),
      matmulWorkspace: (k, n) => this.kernels.exports['matmulWorkspace']!(k, n),
    }
  }

  /** Programs run one at a time and share one workspace; programs loaded before it grew keep the old one. */
  private workspaceOf(bytes: number): number {
    if (bytes > this.workspace.bytes) this.workspace = { address: this.memory.allocate(bytes), bytes }
    return this.workspace.address
  }
}

import type { KernelCall, Plan } from '../graph/plan'

/** float64 in the reference backend, float32 in the others. */
export type Numbers = Float32Array | Float64Array

/** What makes a run's `random` nodes: the same key and step give the same numbers on every backend. */
export interface RunSeed {
  /** Two unsigned 32-bit words. */
  readonly key: readonly [number, number]
  readonly step: number
}

/** Persistent flat buffers (`parameters`, an optimizer's moments, ...) shared by the programs of one training. */
export interface StateStore {
  readonly sizes: Readonly<Record<string, number>>
  /** A copy of the buffer. @param into may be used for it, so that reading again and again makes no garbage */
  read(buffer: string, into?: Numbers): Numbers
  /** Overwrites the buffer; `values` must have its length. */
  write(buffer: string, values: Numbers): void
}

/** A stretch of a loaded plan that runs as one: a call, or several that the backend made one. */
export interface ProgramPart {
  readonly calls: readonly KernelCall[]
  run(seed: RunSeed): void
}

/** A plan loaded into a backend. */
export interface Program {
  /**
   * Where an input's numbers are to be written, row-major. The place may move when another program is loaded: an array that
   * has become empty has to be asked for again, as `Place` does.
   */
  input(name: string): Numbers
  /** An output's numbers, valid until the next run. The array itself is as lasting as an input's. */
  output(name: string): Numbers
  run(seed: RunSeed): void
  /** The same run cut into parts, to be run in this order: for profiles. Slower than `run`, with the same numbers. */
  parts(): readonly ProgramPart[]
  /** Gives the memory to programs that are loaded later. Not to be used after that. */
  release(): void
}

/** A place where plans run. Implementations: `reference` (float64, the oracle), `wasm` (float32, SIMD) and `native`. */
export interface Backend {
  readonly name: string
  readonly precision: 'float32' | 'float64'
  /** New buffers, filled with zeros. */
  createStore(sizes: Readonly<Record<string, number>>): StateStore
  /** @throws RangeError when the store lacks a buffer of the plan. */
  load(plan: Plan, store: StateStore): Program
  /** Gives back what dropping the backend does not, such as helper threads; its programs must not run any more. */
  close?(): void
}

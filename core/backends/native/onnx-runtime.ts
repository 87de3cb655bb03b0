import type { Shape } from '../../graph/shape'

/** A tensor of a model and the memory that it lies in. */
export interface BoundTensor {
  readonly name: string
  readonly shape: Shape
  readonly values: Float32Array
}

/** A model that has been loaded. */
export interface OnnxSession {
  /** The model over this memory, which it reads and writes without a copy. */
  bind(inputs: readonly BoundTensor[], outputs: readonly BoundTensor[]): BoundSession
}

export interface BoundSession {
  /** Reads the inputs' memory, writes the outputs'; it is done when this returns. */
  run(): void
}

/**
 * The little that the native backend needs of ONNX Runtime. Loading a native library is no matter of the pure core, so
 * it is handed in.
 */
export interface OnnxRuntime {
  readonly version: string
  /** Loads a model's bytes, to run on so many threads. */
  load(model: Uint8Array, threads: number): OnnxSession
}

import type { Preprocessing } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import type { Shape } from '../graph/shape'

export interface NamedArray {
  /** Such as `1.dense.weights`. */
  readonly name: string
  readonly shape: Shape
  readonly values: Float32Array
}

/** A trained network with all that is needed to use it elsewhere. */
export interface TrainedModel {
  readonly experiment: Experiment
  readonly preprocessing: Preprocessing
  /** Weights in layout order, then the statistics that layers keep, such as batch norm's running mean. */
  readonly parameters: readonly NamedArray[]
  readonly fingerprint: string
}

/** One export format: pure bytes from a model; writing them to disk is the host's work. */
export interface ExportKind {
  readonly type: string
  readonly order: number
  readonly label: string
  readonly help: string
  /** Without the dot. */
  readonly extension: string
  write(model: TrainedModel): Uint8Array
  /** Reads back what `write` made, for the proof that nothing was lost. */
  read(bytes: Uint8Array): readonly NamedArray[]
}

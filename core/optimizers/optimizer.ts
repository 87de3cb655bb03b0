import type { Config, Kind } from '../catalog/kind'
import type { Tensor } from '../graph/graph'
import type { FullBatchMethod } from './methods/method'

/** What an update may read: flat vectors over all parameters, and this step's numbers. */
export interface UpdateContext<C extends Config> {
  readonly config: C
  /** x_old [parameters] */
  readonly parameters: Tensor
  /** The gradient of the mean loss at x_old [parameters] */
  readonly gradient: Tensor
  /** State vectors by name [parameters], zeros before the first step. */
  readonly slots: Readonly<Record<string, Tensor>>
  /** What `scalars` gave for this step, each as a tensor of shape [1]. */
  readonly scalars: Readonly<Record<string, Tensor>>
}

/** x_new and the new state vectors. */
export interface Update {
  readonly parameters: Tensor
  readonly slots: Readonly<Record<string, Tensor>>
}

/**
 * An optimizer that makes one update from each batch: its rule as primitives over one flat vector, so that each backend
 * fuses it in its own way.
 */
export interface UpdateOptimizer<C extends Config = Config> extends Kind<C> {
  /** Names of the state vectors. */
  slots(config: C): readonly string[]
  /**
   * Numbers of one step, made in float64: the rate from the schedule and corrections that depend on the step.
   * `step` counts from 1.
   */
  scalars(config: C, step: number, learningRate: number): Readonly<Record<string, number>>
  update(context: UpdateContext<C>): Update
}

/** An optimizer that looks at all training rows, as often as it likes, before it makes one update. */
export interface FullBatchOptimizer<C extends Config = Config> extends Kind<C> {
  /** True where it works on the squared misses of single rows: nothing but a mean squared error will do. */
  readonly needsSquaredError: boolean
  /** Most parameters that it can be asked to handle; left out, any number. */
  readonly mostParameters?: number
  method(config: C): FullBatchMethod
}

export type OptimizerKind = UpdateOptimizer | FullBatchOptimizer

export const isFullBatch = (kind: OptimizerKind): kind is FullBatchOptimizer => 'method' in kind

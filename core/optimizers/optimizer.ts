import type { Config, Kind } from '../catalog/kind'
import type { Tensor } from '../graph/graph'

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

/** An optimizer: its update rule as primitives over one flat vector, so that each backend fuses it in its own way. */
export interface OptimizerKind<C extends Config = Config> extends Kind<C> {
  /** Names of the state vectors. */
  slots(config: C): readonly string[]
  /**
   * Numbers of one step, made in float64: the rate from the schedule and corrections that depend on the step.
   * `step` counts from 1.
   */
  scalars(config: C, step: number, learningRate: number): Readonly<Record<string, number>>
  update(context: UpdateContext<C>): Update
}

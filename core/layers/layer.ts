import type { Config, Kind } from '../catalog/kind'
import type { Shape } from '../graph/shape'
import type { Tensor } from '../graph/graph'
import type { LayerEntry } from '../experiment/schema'

/** One trainable array of a layer. */
export interface ParameterSpec {
  /** `weights`, `bias`, ... */
  readonly name: string
  readonly shape: Shape
  /** Type of the initializer that fills it, the number that it is full of at first, or all its first numbers. */
  readonly initializer: string | number | readonly number[]
  /** Connections into and out of one unit, which initializers scale by. */
  readonly fanIn: number
  readonly fanOut: number
  /**
   * The axis whose places are units: what lies at one place leads into one of them. Weights have one, and are held small by
   * penalties and max-norm; biases, and the scales and slopes of normalizations and activations, have none and are left alone.
   */
  readonly unitAxis?: number
}

/** One array of a layer that follows the batches instead of being trained: batch norm's mean and variance. */
export interface StatisticSpec {
  readonly name: string
  readonly shape: Shape
  /** What fills it before training. */
  readonly initial: number
}

/** One of the stacks inside a block, such as the layers that a residual block goes around. */
export interface Branch {
  /** Where its entries are in the block's settings: `layers`, or `branches.0`. */
  readonly path: string
  /** What sets it apart in the names of its layers: `1`, `2`; empty where there is one branch only. */
  readonly name: string
  readonly layers: readonly LayerEntry[]
}

/** What a layer's `build` may use. Shapes of tensors begin with the batch axis. */
export interface BuildContext<C extends Config> {
  readonly config: C
  readonly input: Tensor
  /** False for evaluation and prediction, where dropout does nothing. */
  readonly training: boolean
  /** A parameter that `parameters` declared. */
  parameter(name: string): Tensor
  /** A statistic that `statistics` declared, as it was before this step. */
  statistic(name: string): Tensor
  /** After this step of training, the statistic has this value; its gradient is not asked for. */
  update(name: string, value: Tensor): void
  /** Uniform numbers in [0, 1), new in every step. */
  random(shape: Shape): Tensor
  /** The output of the block's branch of this index on `input`. */
  branch(index: number, input: Tensor): Tensor
}

export const layerGroups = [
  'Basic',
  'Activation',
  'Shape',
  'Spatial',
  'Sequence',
  'Block',
  'Normalization',
  'Regularization',
] as const

/** A layer: its shapes and parameters, and its forward pass as primitives. Its derivative follows from the graph. */
export interface LayerKind<C extends Config = Config> extends Kind<C> {
  readonly group: (typeof layerGroups)[number]
  /** Not offered in the palette: the stack has it anyway (`output`). */
  readonly fixed?: boolean
  /**
   * Its inputs are ids that it looks up: all of them, or the one at a place counted from 0, while the others pass on in
   * their order.
   */
  idInputs?(config: C): 'all' | number
  /** One function of one variable, applied to each number by itself: it can be drawn as a curve. */
  readonly elementwise?: boolean
  /** The stacks inside a block; each begins with the block's own input. */
  branches?(config: C): readonly Branch[]
  /**
   * Shape of one row's output from one row's input, without the batch axis; a block also gets its branches' outputs.
   * @throws LabError when the input does not fit.
   */
  outputShape(config: C, input: Shape, branches?: readonly Shape[]): Shape
  parameters(config: C, input: Shape, branches?: readonly Shape[]): readonly ParameterSpec[]
  statistics?(config: C, input: Shape): readonly StatisticSpec[]
  build(context: BuildContext<C>): Tensor
}

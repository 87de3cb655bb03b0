import type { Config, Kind } from '../catalog/kind'
import type { Shape } from '../graph/shape'
import type { Tensor } from '../graph/graph'

/** One trainable array of a layer. */
export interface ParameterSpec {
  /** `weights`, `bias`, ... */
  readonly name: string
  readonly shape: Shape
  /** Type of the initializer that fills it; `zeros` and `ones` take no random numbers. */
  readonly initializer: string
  /** Connections into and out of one unit, which initializers scale by. */
  readonly fanIn: number
  readonly fanOut: number
}

/** What a layer's `build` may use. Shapes of tensors begin with the batch axis. */
export interface BuildContext<C extends Config> {
  readonly config: C
  readonly input: Tensor
  /** False for evaluation and prediction, where dropout does nothing. */
  readonly training: boolean
  /** A parameter that `parameters` declared. */
  parameter(name: string): Tensor
  /** Uniform numbers in [0, 1), new in every step. */
  random(shape: Shape): Tensor
}

export const layerGroups = ['Basic', 'Activation', 'Regularization'] as const

/** A layer: its shapes and parameters, and its forward pass as primitives. Its derivative follows from the graph. */
export interface LayerKind<C extends Config = Config> extends Kind<C> {
  readonly group: (typeof layerGroups)[number]
  /** Not offered in the palette: the stack has it anyway (`output`). */
  readonly fixed?: boolean
  /** Shape of one row's output from one row's input, without the batch axis. @throws LabError when the input does not fit. */
  outputShape(config: C, input: Shape): Shape
  parameters(config: C, input: Shape): readonly ParameterSpec[]
  build(context: BuildContext<C>): Tensor
}

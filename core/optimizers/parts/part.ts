import type { Tensor } from '../../graph/graph'
import { concat, slice } from '../../graph/ops'
import type { ParameterLayout, PlacedParameter } from '../../network/parameters'

/** What a part of an update may read beside the vector that it changes. */
export interface PartContext {
  readonly layout: ParameterLayout
  /** x_old, flat [parameters] */
  readonly parameters: Tensor
}

/** A link of the chain around the optimizer: flat vector in, flat vector out, [parameters] -> [parameters]. */
export type Part = (vector: Tensor, context: PartContext) => Tensor

/** A window of a flat vector. */
export interface Window {
  readonly offset: number
  readonly size: number
}

/** The window as a vector of its own, [size]. */
export const windowOf = (vector: Tensor, { offset, size }: Window): Tensor => slice(vector, [offset], [size])

/** A vector made anew from windows that cover it in order; `change` gives a vector of each window's size. */
export const mapWindows = <W extends Window>(
  vector: Tensor,
  windows: readonly W[],
  change: (part: Tensor, window: W) => Tensor,
): Tensor =>
  concat(
    windows.map((window) => change(windowOf(vector, window), window)),
    0,
  )

/** Weights proper, which are regularized; biases, and the scales and slopes of layers, are not. */
export const isWeights = ({ spec }: PlacedParameter): boolean => spec.unitAxis !== undefined

import type { ClipSettings } from '../../experiment/schema'
import type { Tensor } from '../../graph/graph'
import { add, divide, maximum, minimum, multiply, reshape, sqrt, square, sum } from '../../graph/ops'
import type { ParameterLayout } from '../../network/parameters'
import { mapWindows, type Part, type Window } from './part'

/** Added to the norm, as in PyTorch's clip_grad_norm_. */
const epsilon = 1e-6

/** g · min(1, limit / (‖g‖ + ε)): a vector no longer than the limit. */
function shortened(g: Tensor, limit: number): Tensor {
  const norm = sqrt(sum(square(g)))
  return multiply(g, reshape(minimum(divide(limit, add(norm, epsilon)), 1), [1]))
}

/** Every layer's parameters lie together, in the order of the stack. */
function layerWindows({ parameters }: ParameterLayout): Window[] {
  const windows = new Map<number, { offset: number; size: number }>()
  for (const { layer, offset, size } of parameters) {
    const window = windows.get(layer)
    if (window) window.size += size
    else windows.set(layer, { offset, size })
  }
  return [...windows.values()]
}

const clips: Readonly<Record<ClipSettings['by'], (limit: number) => Part>> = {
  value: (limit) => (gradient) => maximum(minimum(gradient, limit), -limit),
  norm: (limit) => (gradient) => shortened(gradient, limit),
  layer:
    (limit) =>
    (gradient, { layout }) =>
      mapWindows(gradient, layerWindows(layout), (g) => shortened(g, limit)),
}

/**
 * Keeps a gradient within a limit: each number, its length as a whole, or the length of each layer's part.
 * Source: Pascanu, Mikolov, Bengio, “On the difficulty of training recurrent neural networks”, ICML 2013, algorithm 1; as
 * PyTorch's clip_grad_value_ and clip_grad_norm_.
 */
export const clip = ({ by, limit }: ClipSettings): Part => clips[by](limit)

import * as ops from '../graph/softmax'
import { noSettings } from './activation'
import type { LayerKind } from './layer'

/** [..., n] -> [..., n]: each row of the last axis sums to 1. */
export const softmax: LayerKind = {
  type: 'softmax',
  order: 94,
  label: 'Softmax',
  help: 'Turns a list of numbers into shares that add up to 1. Not before the output layer, which has its own: rather for gates inside a network.',
  group: 'Activation',
  schema: noSettings,
  formula: String.raw`y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}`,
  source:
    'Bridle, “Probabilistic interpretation of feedforward classification network outputs”, 1990, equation 3; over the last axis',
  outputShape: (_config, input) => input,
  parameters: () => [],
  build: ({ input }) => ops.softmax(input),
}

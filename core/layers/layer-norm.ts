import { z } from 'zod'
import { lastAxisOf } from './last-axis'
import type { LayerKind } from './layer'
import { affineField, epsilonField, moments, scaleAndShift, scaledAndShifted, standardize } from './moments'

const schema = z.strictObject({
  over: z.enum(['last-axis', 'all-axes']).default('last-axis').meta({
    label: 'Over',
    help: 'Which numbers of a row share a mean: the features of each step or place, or all of them.',
  }),
  epsilon: epsilonField(),
  affine: affineField(),
})

type LayerNormConfig = z.output<typeof schema>

/** The axes of one row that are normalized together. */
const normalized = ({ over }: LayerNormConfig, input: readonly number[]): readonly number[] =>
  over === 'last-axis' ? [lastAxisOf(input)] : input

/** [..., features] -> the same shape */
export const layerNorm: LayerKind<LayerNormConfig> = {
  type: 'layer-norm',
  order: 210,
  label: 'Layer norm',
  help: 'Gives the units of each row mean 0 and variance 1. Works with any batch size, the same in training and prediction; the usual one in transformers.',
  group: 'Normalization',
  schema,
  formula: String.raw`y_i = \gamma_i \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta_i, \quad \mu = \tfrac1n \textstyle\sum_i x_i,\ \sigma^2 = \tfrac1n \sum_i (x_i - \mu)^2`,
  source:
    'Ba, Kiros, Hinton, “Layer normalization”, arXiv 1607.06450, 2016, equation 3; defaults as in PyTorch’s LayerNorm',
  outputShape(_config, input) {
    lastAxisOf(input)
    return input
  },
  parameters: (config, input) => (config.affine ? scaleAndShift(normalized(config, input)) : []),
  build({ config, input, parameter }) {
    const { length } = input.shape
    const count = normalized(config, input.shape.slice(1)).length
    const axes = input.shape.flatMap((_, axis) => (axis >= length - count ? [axis] : []))
    const { centre, variance } = moments(input, axes)
    const normal = standardize(input, centre, variance, config.epsilon)
    return config.affine ? scaledAndShifted(normal, parameter) : normal
  },
}

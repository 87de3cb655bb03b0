import { z } from 'zod'
import { reshape } from '../graph/ops'
import { checkDivides } from './divides'
import { lastAxisOf } from './last-axis'
import type { LayerKind } from './layer'
import { affineField, epsilonField, moments, scaleAndShift, scaledAndShifted, standardize } from './moments'

const schema = z.strictObject({
  groups: z.int().min(1).max(65_536).default(1).meta({
    label: 'Groups',
    help: 'In how many groups of neighbours the channels are put; the number of channels must be a multiple of it.',
  }),
  epsilon: epsilonField(),
  affine: affineField(),
})

/** [..., channels] -> the same shape; each group of channels over all places of a row. */
export const groupNorm: LayerKind<z.output<typeof schema>> = {
  type: 'group-norm',
  order: 220,
  label: 'Group norm',
  help: 'Gives each group of channels of a row mean 0 and variance 1. Take it in place of batch norm where batches are small.',
  group: 'Normalization',
  schema,
  formula: String.raw`y = \gamma_c \frac{x - \mu_g}{\sqrt{\sigma_g^2 + \varepsilon}} + \beta_c, \quad g = \left\lfloor \tfrac{c\, G}{C} \right\rfloor`,
  source: 'Wu and He, “Group normalization”, ECCV 2018, equations 1 to 7; epsilon as in PyTorch’s GroupNorm',
  outputShape({ groups }, input) {
    checkDivides('groups', groups, lastAxisOf(input), 'channels')
    return input
  },
  parameters: ({ affine }, input) => (affine ? scaleAndShift([lastAxisOf(input)]) : []),
  build({ config: { groups, epsilon, affine }, input, parameter }) {
    const channels = input.shape.at(-1)!
    const places = input.shape.slice(1, -1).reduce((a, b) => a * b, 1)
    const grouped = reshape(input, [input.shape[0]!, places, groups, channels / groups])
    const { centre, variance } = moments(grouped, [1, 3])
    const normal = reshape(standardize(grouped, centre, variance, epsilon), input.shape)
    return affine ? scaledAndShifted(normal, parameter) : normal
  },
}

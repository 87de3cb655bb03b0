import { z } from 'zod'
import { affine, affineParameters, initializerField } from './affine'
import { lastAxisOf } from './last-axis'
import type { LayerKind } from './layer'

const schema = z.strictObject({
  units: z.int().min(1).max(65_536).default(16).meta({
    label: 'Units',
    help: 'How many numbers the layer gives. More can fit finer detail, and overfit it.',
  }),
  bias: z.boolean().default(true).meta({
    label: 'Bias',
    help: 'Adds a number of its own to each unit, so that it need not be 0 where all inputs are.',
    advanced: true,
  }),
  initializer: initializerField(),
})

/** [..., in] -> [..., units]: each step or place of a sequence or an image by itself, as in PyTorch and Keras. */
export const dense: LayerKind<z.output<typeof schema>> = {
  type: 'dense',
  order: 10,
  label: 'Dense',
  help: 'Each unit is a weighted sum of all inputs. The working part of most networks; put an activation after it.',
  group: 'Basic',
  schema,
  formula: String.raw`Y = X W + b, \quad W \in \mathbb{R}^{n_\text{in} \times n_\text{units}}`,
  source:
    'Rumelhart, Hinton, Williams, “Learning representations by back-propagating errors”, Nature 323 (1986), equation 1',
  outputShape({ units }, input) {
    lastAxisOf(input)
    return [...input.slice(0, -1), units]
  },
  parameters: ({ units, bias, initializer }, input) =>
    affineParameters([lastAxisOf(input)], units, bias, initializer),
  build: (context) => affine(context, context.config.bias),
}

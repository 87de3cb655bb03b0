import { z } from 'zod'
import { activation } from './activation'
import { exponentialLinear } from './exponential-linear'

const schema = z.strictObject({
  alpha: z.number().gt(0).max(100).default(1).meta({
    label: 'Alpha',
    help: 'Very negative numbers end at minus this; the larger, the slower they bend.',
  }),
})

export const celu = activation<z.output<typeof schema>>({
  type: 'celu',
  order: 54,
  label: 'CELU',
  help: 'ELU whose slope is 1 at 0 for every α, so that it has no kink.',
  schema,
  formula: String.raw`y = \max(x, 0) + \min\left(0,\ \alpha (e^{x / \alpha} - 1)\right)`,
  source:
    'Barron, “Continuously differentiable exponential linear units”, arXiv 1704.07483, 2017, equation 2; as PyTorch’s CELU',
  apply: (x, { alpha }) => exponentialLinear(x, alpha, alpha),
})

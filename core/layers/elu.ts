import { z } from 'zod'
import { exp, greater, multiply, subtract, where } from '../graph/ops'
import { activation } from './activation'

const schema = z.strictObject({
  alpha: z.number().gt(0).max(100).default(1).meta({
    label: 'Alpha',
    help: 'Very negative numbers end at minus this.',
  }),
})

/** Positive numbers are kept out of the exponential: it would overflow, and 0 times infinity spoil the gradient. */
export const elu = activation<z.output<typeof schema>>({
  type: 'elu',
  order: 50,
  label: 'ELU',
  help: 'As ReLU for positive numbers, bending smoothly to −α below. Units keep learning and average near 0.',
  schema,
  formula: String.raw`y = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & \text{else} \end{cases}`,
  source:
    'Clevert, Unterthiner, Hochreiter, “Fast and accurate deep network learning by exponential linear units”, ICLR 2016, equation 15',
  apply(x, { alpha }) {
    const positive = greater(x, 0)
    const bent = multiply(subtract(exp(where(positive, 0, x)), 1), alpha)
    return where(positive, x, bent)
  },
})

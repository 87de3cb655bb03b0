import { z } from 'zod'
import { multiply, sin } from '../graph/ops'
import { activation } from './activation'

const schema = z.strictObject({
  frequency: z.number().gt(0).max(1000).default(1).meta({
    label: 'Frequency',
    help: 'The input times this goes into the sine. Networks that learn images from coordinates take about 30 in their first layer.',
  }),
})

export const sine = activation<z.output<typeof schema>>({
  type: 'sine',
  order: 102,
  label: 'Sine',
  help: 'A wave. For functions that repeat, or that have fine detail all over.',
  schema,
  formula: String.raw`y = \sin(\omega x)`,
  source:
    'Sitzmann, Martel, Bergman, Lindell, Wetzstein, “Implicit neural representations with periodic activation functions”, NeurIPS 2020, equation 3',
  apply: (x, { frequency }) => sin(multiply(x, frequency)),
})

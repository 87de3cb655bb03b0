import { z } from 'zod'
import { greater, multiply, where } from '../graph/ops'
import { activation } from './activation'

const schema = z.strictObject({
  slope: z.number().min(0).max(1).default(0.01).meta({
    label: 'Slope',
    help: 'What negative numbers are multiplied with.',
  }),
})

/** The derivative at 0 is the slope. */
export const leakyRelu = activation<z.output<typeof schema>>({
  type: 'leaky-relu',
  order: 40,
  label: 'Leaky ReLU',
  help: 'ReLU that lets a little of the negative numbers through. Take it when many ReLU units have gone silent.',
  schema,
  formula: String.raw`y = \begin{cases} x & x > 0 \\ a x & \text{else} \end{cases}`,
  source:
    'Maas, Hannun, Ng, “Rectifier nonlinearities improve neural network acoustic models”, ICML 2013, equation 2',
  apply: (x, { slope }) => where(greater(x, 0), x, multiply(x, slope)),
})

import { z } from 'zod'
import { cos } from '../numerics/cos'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  minimum: z.number().min(0).max(1).default(0).meta({
    label: 'Minimum',
    help: 'Share of the learning rate that is left at the end.',
  }),
})

export const cosine: ScheduleKind<z.output<typeof schema>> = {
  type: 'cosine',
  order: 40,
  label: 'Cosine',
  help: 'Half a cosine from the full rate to the minimum over all epochs: slow at both ends. Take it when the number of epochs is fixed.',
  schema,
  formula: String.raw`\lambda_e = \lambda_0 \left( m + (1 - m)\, \tfrac{1}{2} \left( 1 + \cos \tfrac{\pi e}{E} \right) \right)`,
  source:
    'Loshchilov and Hutter, “SGDR: stochastic gradient descent with warm restarts”, ICLR 2017, equation 5; by epoch, as PyTorch’s CosineAnnealingLR',
  factor: ({ minimum }, { epoch, epochs }) =>
    minimum + ((1 - minimum) * (1 + cos((Math.PI * epoch) / epochs))) / 2,
}

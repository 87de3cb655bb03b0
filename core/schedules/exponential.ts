import { z } from 'zod'
import { power } from '../numerics/power'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  factor: z.number().gt(0).max(1).default(0.98).meta({
    label: 'Factor',
    help: 'What every epoch multiplies the learning rate with; 0.98 halves it in about 34 epochs.',
  }),
})

export const exponential: ScheduleKind<z.output<typeof schema>> = {
  type: 'exponential',
  order: 30,
  label: 'Exponential',
  help: 'Lets the learning rate fall a little after each epoch. Take it when you want a smooth fall and do not know the number of epochs.',
  schema,
  formula: String.raw`\lambda_e = \lambda_0\, \gamma^e`,
  source:
    'Senior, Heigold, Ranzato, Yang, “An empirical study of learning rates in deep neural networks for speech recognition”, ICASSP 2013; by epoch, as PyTorch’s ExponentialLR',
  factor: ({ factor }, { epoch }) => power(factor, epoch),
}

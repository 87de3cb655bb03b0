import { z } from 'zod'
import { power } from '../numerics/power'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  every: z.int().min(1).max(1_000_000).default(30).meta({
    label: 'Every (epochs)',
    help: 'How many epochs pass between two cuts of the learning rate.',
  }),
  factor: z.number().gt(0).max(1).default(0.5).meta({
    label: 'Factor',
    help: 'What each cut multiplies the learning rate with.',
  }),
})

export const step: ScheduleKind<z.output<typeof schema>> = {
  type: 'step',
  order: 20,
  label: 'Step',
  help: 'Cuts the learning rate by a factor every so many epochs. Take it when the loss levels off and drops again after a cut by hand.',
  schema,
  formula: String.raw`\lambda_e = \lambda_0\, \gamma^{\lfloor e / k \rfloor}`,
  source:
    'He, Zhang, Ren, Sun, “Deep residual learning for image recognition”, CVPR 2016, section 3.4; by epoch, as PyTorch’s StepLR',
  factor: ({ every, factor }, { epoch }) => power(factor, Math.floor(epoch / every)),
}

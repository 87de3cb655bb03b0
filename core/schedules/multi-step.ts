import { z } from 'zod'
import { power } from '../numerics/power'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const error = 'a list of whole numbers from 1 on'

const schema = scheduleSchema({
  milestones: z
    .array(z.int({ error }).min(1, { error }).max(1_000_000, { error }), { error })
    .min(1, { error })
    .max(100, { error: 'at most 100 epochs' })
    .default([30, 60, 80])
    .meta({
      label: 'After epochs',
      help: 'The epochs after which the learning rate is cut, such as 30, 60, 80.',
    }),
  factor: z.number().gt(0).max(1).default(0.1).meta({
    label: 'Factor',
    help: 'What each cut multiplies the learning rate with.',
  }),
})

export const multiStep: ScheduleKind<z.output<typeof schema>> = {
  type: 'multi-step',
  order: 22,
  label: 'Multi-step',
  help: 'Cuts the learning rate by a factor after each of the epochs that you name. Take it to repeat a published training.',
  schema,
  formula: String.raw`\lambda_e = \lambda_0\, \gamma^{\,|\{k :\, k \le e\}|}`,
  source:
    'He, Zhang, Ren, Sun, “Deep residual learning for image recognition”, CVPR 2016, section 4.2; by epoch, as PyTorch’s MultiStepLR',
  factor: ({ milestones, factor }, { epoch }) =>
    power(factor, milestones.filter((milestone) => milestone <= epoch).length),
}

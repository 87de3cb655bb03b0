import type { z } from 'zod'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({})

export const constant: ScheduleKind<z.output<typeof schema>> = {
  type: 'constant',
  order: 10,
  label: 'Constant',
  help: 'The learning rate stays as it is. Take it first; most small networks need nothing else.',
  schema,
  formula: String.raw`\lambda_e = \lambda_0`,
  source:
    'Robbins and Monro, “A stochastic approximation method”, Annals of Mathematical Statistics 22 (1951), for why it may have to fall',
  factor: () => 1,
  steady: true,
}

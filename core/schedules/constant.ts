import { z } from 'zod'
import type { ScheduleKind } from './schedule'

export const constant: ScheduleKind = {
  type: 'constant',
  order: 10,
  label: 'Constant',
  help: 'The learning rate stays as it is. Take it first; most small networks need nothing else.',
  schema: z.strictObject({}),
  formula: String.raw`\lambda_e = \lambda_0`,
  source:
    'Robbins and Monro, “A stochastic approximation method”, Annals of Mathematical Statistics 22 (1951), for why it may have to fall',
  factor: () => 1,
}

import { z } from 'zod'
import { exp } from '../numerics/exp'
import { log } from '../numerics/log'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  power: z.number().gt(0).max(10).default(1).meta({
    label: 'Power',
    help: '1 is a straight line down to the minimum; larger falls fast at first.',
  }),
  minimum: z.number().min(0).max(1).default(0).meta({
    label: 'Minimum',
    help: 'Share of the learning rate that is left at the end.',
  }),
})

/** x^p for 0 <= x <= 1, with the same bits on every engine. */
const raised = (x: number, p: number): number => (x === 0 || p === 1 ? x : exp(p * log(x)))

export const polynomial: ScheduleKind<z.output<typeof schema>> = {
  type: 'polynomial',
  order: 35,
  label: 'Polynomial',
  help: 'Lets the learning rate fall over all epochs along a line or a power of it. Take it when the number of epochs is fixed.',
  schema,
  formula: String.raw`\lambda_e = \lambda_0 \left( m + (1 - m) \left( 1 - \tfrac{e}{E} \right)^p \right)`,
  source:
    'Chen and others, “DeepLab”, IEEE TPAMI 40 (2018), section 4.1; by epoch, as PyTorch’s PolynomialLR with its whole length',
  factor: ({ power, minimum }, { epoch, epochs }) =>
    minimum + (1 - minimum) * raised(Math.max(0, 1 - epoch / epochs), power),
}

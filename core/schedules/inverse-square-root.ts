import { z } from 'zod'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  hold: z.int().min(1).max(1_000_000).default(100).meta({
    label: 'Hold (steps)',
    help: 'Steps at the full learning rate; four times as many steps later it is half of that.',
  }),
})

export const inverseSquareRoot: ScheduleKind<z.output<typeof schema>> = {
  type: 'inverse-square-root',
  order: 32,
  label: 'Inverse square root',
  help: 'Falls step by step, fast at first and ever slower, without an end. Usual for attention networks, with a warm-up before it.',
  schema,
  formula: String.raw`\lambda_s = \lambda_0 \sqrt{\frac{h}{\max(s, h)}}`,
  source:
    'Vaswani and others, “Attention is all you need”, NeurIPS 2017, section 5.3, equation 3, relative to its peak',
  factor: ({ hold }, { step }) => Math.sqrt(hold / Math.max(step, hold)),
}

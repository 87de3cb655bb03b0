import { z } from 'zod'
import { cos } from '../numerics/cos'
import type { ScheduleKind } from './schedule'
import { scheduleSchema } from './warmup'

const schema = scheduleSchema({
  rise: z.number().min(0).max(1).default(0.3).meta({
    label: 'Rise',
    help: 'Share of all steps in which the learning rate rises.',
  }),
  startDivisor: z.number().min(1).max(1e6).default(25).meta({
    label: 'Start divisor',
    help: 'The first step has the learning rate over this.',
  }),
  endDivisor: z.number().min(1).max(1e9).default(10_000).meta({
    label: 'End divisor',
    help: 'The last step has the first one’s rate over this.',
    advanced: true,
  }),
})

/** From `a` to `b` along half a cosine, for t from 0 to 1. */
const between = (a: number, b: number, t: number): number => b + ((a - b) / 2) * (1 + cos(Math.PI * t))

/** The peak is reached in step `rise * total - 1`, which need not be whole, and the end in the last step of all. */
export const oneCycle: ScheduleKind<z.output<typeof schema>> = {
  type: 'one-cycle',
  order: 44,
  label: 'One cycle',
  help: 'Up to the full learning rate and down to almost nothing, step by step. Allows larger rates and fewer epochs; the rate set is the peak.',
  schema,
  formula: String.raw`\lambda_s = \begin{cases} c\!\left( \frac{\lambda_0}{d},\, \lambda_0,\, \frac{s}{rS - 1} \right) & s \le rS - 1 \\ c\!\left( \lambda_0,\, \frac{\lambda_0}{d f},\, \frac{s - (rS - 1)}{S - rS} \right) & \text{else} \end{cases}, \quad c(a, b, t) = b + \frac{a - b}{2} (1 + \cos \pi t)`,
  source:
    'Smith and Topin, “Super-convergence”, 2018, section 3; by step with cosines and two phases, as PyTorch’s OneCycleLR without its cycling of the momentum',
  factor({ rise, startDivisor, endDivisor }, { step, epochs, stepsPerEpoch }) {
    const total = Math.round(epochs * stepsPerEpoch)
    const peak = rise * total - 1
    const start = 1 / startDivisor
    if (step <= peak) return peak > 0 ? between(start, 1, step / peak) : 1
    const fall = total - 1 - peak
    const down = Math.min(1, (step - peak) / fall)
    return between(1, start / endDivisor, down)
  },
}

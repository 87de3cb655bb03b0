import { z } from 'zod'
import { abs, mean, minimum, multiply, subtract } from '../graph/ops'
import type { LossKind } from './loss'

const schema = z.strictObject({
  delta: z.number().gt(0).max(1e6).default(1).meta({
    label: 'Delta',
    help: 'Misses up to this size count squared, larger ones in proportion. In the unit of the scaled target.',
  }),
})

/** With q = min(|r|, δ) both branches are q (|r| - q/2), so that value and derivative join at δ without a case. */
export const huber: LossKind<z.output<typeof schema>> = {
  type: 'huber',
  order: 30,
  label: 'Huber',
  help: 'Squared for small misses, straight for large ones. Take it for numbers with some wild rows.',
  schema,
  formula: String.raw`L(y, t) = \frac{1}{n} \sum_{j=1}^{n} \begin{cases} \frac{1}{2} r_j^2 & |r_j| \le \delta \\ \delta \left( |r_j| - \frac{1}{2} \delta \right) & \text{else} \end{cases}, \quad r = y - t`,
  source:
    'Huber, “Robust estimation of a location parameter”, Annals of Mathematical Statistics 35 (1964), pp. 73-101',
  targets: ['number'],
  link: 'identity',
  build({ delta }, y, t) {
    const size = abs(subtract(y, t))
    const q = minimum(size, delta)
    return mean(multiply(q, subtract(size, multiply(q, 0.5))), [1])
  },
}

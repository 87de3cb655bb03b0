import { z } from 'zod'
import { add, equal, greater, maximum, minimum, multiply, sign, subtract, where } from '../graph/ops'
import { learningRateField } from './fields'
import type { UpdateOptimizer } from './optimizer'

const factor = (label: string, help: string) => ({ label, help, advanced: true })

const schema = z.strictObject({
  learningRate: learningRateField(0.01),
  shrink: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .meta(factor('Shrink', 'What a step is multiplied with where the gradient changed its sign.')),
  grow: z
    .number()
    .gt(1)
    .max(10)
    .default(1.2)
    .meta(factor('Grow', 'What a step is multiplied with where the gradient kept its sign.')),
  minimum: z
    .number()
    .gt(0)
    .max(1)
    .default(1e-6)
    .meta(factor('Shortest step', 'No parameter moves by less, unless its gradient is 0.')),
  maximum: z
    .number()
    .gt(0)
    .max(1e6)
    .default(50)
    .meta(factor('Longest step', 'No parameter moves by more in one step.')),
})

/**
 * Slot `sign` is that of the last gradient, 0 where the step was taken back; slot `size` is 0 before the first step,
 * which is the learning rate long. The schedule therefore has a say in that step only, as in PyTorch.
 */
export const rprop: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'rprop',
  order: 18,
  label: 'Rprop',
  help: 'Looks at the gradient’s sign only: steps grow while it stays and shrink when it turns. Only for batches of all training rows.',
  schema,
  formula: String.raw`\begin{aligned} s &\leftarrow \operatorname{clip}\left( s \cdot \begin{cases} \eta_+ & g\, g_{old} > 0 \\ \eta_- & g\, g_{old} < 0 \\ 1 & \text{else} \end{cases} \right), \quad g = \nabla f(x), \text{ then } 0 \text{ where } g\, g_{old} < 0 \\ x &\leftarrow x - s \operatorname{sign}(g) \end{aligned}`,
  source:
    'Riedmiller and Braun, “A direct adaptive method for faster backpropagation learning: the RPROP algorithm”, ICNN 1993; without weight-backtracking and with the defaults of PyTorch’s Rprop',
  slots: () => ['sign', 'size'],
  scalars: (_config, _step, learningRate) => ({ learningRate }),
  update({ config, parameters: x, gradient: g, slots, scalars }) {
    const turn = multiply(sign(g), slots.sign!)
    const [kept, turned] = [greater(turn, 0), greater(0, turn)]
    const change = add(1, add(multiply(kept, config.grow - 1), multiply(turned, config.shrink - 1)))
    const old = where(equal(slots.size!, 0), scalars.learningRate!, slots.size!)
    const size = minimum(maximum(multiply(old, change), config.minimum), config.maximum)
    const direction = where(turned, 0, sign(g))
    return { parameters: subtract(x, multiply(size, direction)), slots: { sign: direction, size } }
  },
}

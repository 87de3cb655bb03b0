import { z } from 'zod'
import { add, divide, multiply, sqrt, square, subtract } from '../graph/ops'
import { power } from '../numerics/power'
import { decayField, epsilonField, learningRateField } from './fields'
import type { OptimizerKind } from './optimizer'

export const adamSchema = z.strictObject({
  learningRate: learningRateField(0.001),
  beta1: decayField(0.9, 'Beta 1', 'Share of the past that the running mean of gradients keeps.'),
  beta2: decayField(0.999, 'Beta 2', 'Share of the past that the running mean of squared gradients keeps.'),
  epsilon: epsilonField(),
})

/**
 * Both running means begin at 0 and are too small at first; `stepSize` and `correction` undo that:
 * λ m̂ / (sqrt(v̂) + ε) = stepSize m / (sqrt(v) correction + ε).
 */
export const adam: OptimizerKind<z.output<typeof adamSchema>> = {
  type: 'adam',
  order: 30,
  label: 'Adam',
  help: 'Momentum and a step of its own for each parameter. Works with hardly any tuning, so take it when in doubt.',
  schema: adamSchema,
  formula: String.raw`\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, & \hat m &= m / (1 - \beta_1^t) \\ v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2, & \hat v &= v / (1 - \beta_2^t) \\ x &\leftarrow x - \lambda\, \hat m / (\sqrt{\hat v} + \epsilon), & g &= \nabla f(x) \end{aligned}`,
  source:
    'Kingma and Ba, “Adam: a method for stochastic optimization”, ICLR 2015, algorithm 1; ε as in PyTorch’s Adam',
  slots: () => ['m', 'v'],
  scalars: ({ beta1, beta2 }, step, learningRate) => ({
    stepSize: learningRate / (1 - power(beta1, step)),
    correction: 1 / Math.sqrt(1 - power(beta2, step)),
  }),
  update({ config: { beta1, beta2, epsilon }, parameters: x, gradient: g, slots, scalars }) {
    const m = add(multiply(slots.m!, beta1), multiply(g, 1 - beta1))
    const v = add(multiply(slots.v!, beta2), multiply(square(g), 1 - beta2))
    const size = add(multiply(sqrt(v), scalars.correction!), epsilon)
    return { parameters: subtract(x, multiply(divide(m, size), scalars.stepSize!)), slots: { m, v } }
  },
}

import { z } from 'zod'
import { abs, add, divide, maximum, multiply, subtract } from '../graph/ops'
import { power } from '../numerics/power'
import { momentFields } from './adam'
import { coupledDecayField, decayedGradient, runningMean } from './fields'
import type { UpdateOptimizer } from './optimizer'

const schema = z.strictObject({ ...momentFields(0.002), weightDecay: coupledDecayField() })

export const adamax: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'adamax',
  order: 36,
  label: 'Adamax',
  help: 'Adam that divides by the largest recent gradient in place of the usual one. Calm where gradients are mostly small with few large ones.',
  schema,
  formula: String.raw`\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, \quad g = \nabla f(x) + \omega x \\ u &\leftarrow \max(\beta_2 u,\; |g| + \epsilon) \\ x &\leftarrow x - \frac{\lambda}{1 - \beta_1^t} \cdot \frac{m}{u} \end{aligned}`,
  source:
    'Kingma and Ba, “Adam: a method for stochastic optimization”, ICLR 2015, algorithm 2; ε and defaults as in PyTorch’s Adamax',
  slots: () => ['m', 'largest'],
  scalars: ({ beta1 }, step, learningRate) => ({ stepSize: learningRate / (1 - power(beta1, step)) }),
  update({ config, parameters: x, gradient, slots, scalars }) {
    const g = decayedGradient(gradient, x, config.weightDecay)
    const m = runningMean(slots.m!, config.beta1, g)
    const largest = maximum(multiply(slots.largest!, config.beta2), add(abs(g), config.epsilon))
    return {
      parameters: subtract(x, multiply(divide(m, largest), scalars.stepSize!)),
      slots: { m, largest },
    }
  },
}

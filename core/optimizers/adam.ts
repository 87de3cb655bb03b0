import { z } from 'zod'
import { add, divide, maximum, multiply, sqrt, square, subtract } from '../graph/ops'
import { power } from '../numerics/power'
import {
  coupledDecayField,
  decayedGradient,
  decayField,
  epsilonField,
  learningRateField,
  runningMean,
} from './fields'
import type { UpdateOptimizer, Update } from './optimizer'

/** Settings of Adam and its relatives, with PyTorch's defaults. */
export const momentFields = (learningRate: number) => ({
  learningRate: learningRateField(learningRate),
  beta1: decayField(0.9, 'Beta 1', 'Share of the past that the running mean of gradients keeps.'),
  beta2: decayField(0.999, 'Beta 2', 'Share of the past that the running mean of squared gradients keeps.'),
  epsilon: epsilonField(),
})

export const adamSchema = z.strictObject({
  ...momentFields(0.001),
  amsgrad: z.boolean().default(false).meta({
    label: 'AMSGrad',
    help: 'Divides by the largest running mean of squared gradients so far, so that steps never grow again.',
    advanced: true,
  }),
  weightDecay: coupledDecayField(),
})

/**
 * Both running means begin at 0 and are too small at first; `stepSize` and `correction` undo that:
 * λ m̂ / (sqrt(v̂) + ε) = stepSize m / (sqrt(v) correction + ε).
 */
export const adam: UpdateOptimizer<z.output<typeof adamSchema>> = {
  type: 'adam',
  order: 30,
  label: 'Adam',
  help: 'Momentum and a step of its own for each parameter. Works with hardly any tuning, so take it when in doubt.',
  schema: adamSchema,
  formula: String.raw`\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1)\, g, & \hat m &= m / (1 - \beta_1^t) \\ v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2, & \hat v &= v / (1 - \beta_2^t) \\ x &\leftarrow x - \lambda\, \hat m / (\sqrt{\hat v} + \epsilon), & g &= \nabla f(x) + \omega x \end{aligned}`,
  source:
    'Kingma and Ba, “Adam: a method for stochastic optimization”, ICLR 2015, algorithm 1; ε as in PyTorch’s Adam. AMSGrad: Reddi, Kale, Kumar, ICLR 2018, algorithm 2, with the largest v as in PyTorch',
  slots: ({ amsgrad }) => (amsgrad ? ['m', 'v', 'largest'] : ['m', 'v']),
  scalars: ({ beta1, beta2 }, step, learningRate) => ({
    stepSize: learningRate / (1 - power(beta1, step)),
    correction: 1 / Math.sqrt(1 - power(beta2, step)),
  }),
  update({ config, parameters: x, gradient, slots, scalars }): Update {
    const { beta1, beta2, epsilon, amsgrad, weightDecay } = config
    const g = decayedGradient(gradient, x, weightDecay)
    const m = runningMean(slots.m!, beta1, g)
    const v = runningMean(slots.v!, beta2, square(g))
    const largest = amsgrad ? maximum(slots.largest!, v) : v
    const size = add(multiply(sqrt(largest), scalars.correction!), epsilon)
    const parameters = subtract(x, multiply(divide(m, size), scalars.stepSize!))
    return amsgrad ? { parameters, slots: { m, v, largest } } : { parameters, slots: { m, v } }
  },
}

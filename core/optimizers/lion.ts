import { z } from 'zod'
import { multiply, sign, subtract } from '../graph/ops'
import { decayField, learningRateField, runningMean, weightDecayField } from './fields'
import type { UpdateOptimizer } from './optimizer'

const schema = z.strictObject({
  learningRate: learningRateField(0.0001),
  beta1: decayField(0.9, 'Beta 1', 'Share of the running mean in the direction of a step.'),
  beta2: decayField(0.99, 'Beta 2', 'Share of the past that the running mean of gradients keeps.'),
  weightDecay: weightDecayField(
    0,
    'Share of the learning rate by which every parameter shrinks towards 0 in each step.',
  ),
})

/** The decay acts on x_old, beside the step and not through the gradient. */
export const lion: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'lion',
  order: 50,
  label: 'Lion',
  help: 'Every parameter moves by the same length; only the direction is learned. Needs a third to a tenth of Adam’s learning rate.',
  schema,
  formula: String.raw`\begin{aligned} c &= \beta_1 m + (1 - \beta_1)\, g, \quad g = \nabla f(x) \\ x &\leftarrow (1 - \lambda \omega)\, x - \lambda \operatorname{sign}(c) \\ m &\leftarrow \beta_2 m + (1 - \beta_2)\, g \end{aligned}`,
  source:
    'Chen and others, “Symbolic discovery of optimization algorithms”, NeurIPS 2023, algorithm 2; PyTorch has none',
  slots: () => ['m'],
  scalars: ({ weightDecay }, _step, learningRate) => ({ learningRate, keep: 1 - learningRate * weightDecay }),
  update({ config: { beta1, beta2 }, parameters: x, gradient: g, slots, scalars }) {
    const direction = sign(runningMean(slots.m!, beta1, g))
    return {
      parameters: subtract(multiply(x, scalars.keep!), multiply(direction, scalars.learningRate!)),
      slots: { m: runningMean(slots.m!, beta2, g) },
    }
  },
}

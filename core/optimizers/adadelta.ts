import { z } from 'zod'
import { add, divide, multiply, sqrt, square, subtract } from '../graph/ops'
import {
  coupledDecayField,
  decayedGradient,
  decayField,
  epsilonField,
  learningRateField,
  runningMean,
} from './fields'
import type { UpdateOptimizer } from './optimizer'

const schema = z.strictObject({
  learningRate: learningRateField(1),
  decay: decayField(0.9, 'Decay', 'Share of the past that both running means keep.'),
  epsilon: epsilonField(1e-6),
  weightDecay: coupledDecayField(),
})

export const adadelta: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'adadelta',
  order: 16,
  label: 'AdaDelta',
  help: 'Makes each step as long as the steps before it, in the parameter’s own unit. Take it when no learning rate is known; it starts slowly.',
  schema,
  formula: String.raw`\begin{aligned} s &\leftarrow \rho s + (1 - \rho)\, g^2, \quad g = \nabla f(x) + \omega x \\ d &= \frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\, g, \qquad u \leftarrow \rho u + (1 - \rho)\, d^2 \\ x &\leftarrow x - \lambda d \end{aligned}`,
  source:
    'Zeiler, “ADADELTA: an adaptive learning rate method”, 2012, algorithm 1; defaults as in PyTorch’s Adadelta',
  slots: () => ['square', 'steps'],
  scalars: (_config, _step, learningRate) => ({ learningRate }),
  update({ config: { decay, epsilon, weightDecay }, parameters: x, gradient, slots, scalars }) {
    const g = decayedGradient(gradient, x, weightDecay)
    const s = runningMean(slots.square!, decay, square(g))
    const ratio = divide(sqrt(add(slots.steps!, epsilon)), sqrt(add(s, epsilon)))
    const step = multiply(ratio, g)
    const steps = runningMean(slots.steps!, decay, square(step))
    return { parameters: subtract(x, multiply(step, scalars.learningRate!)), slots: { square: s, steps } }
  },
}

import { z } from 'zod'
import { add, divide, multiply, sqrt, square, subtract } from '../graph/ops'
import { coupledDecayField, decayedGradient, epsilonField, learningRateField } from './fields'
import type { UpdateOptimizer } from './optimizer'

const schema = z.strictObject({
  learningRate: learningRateField(0.01),
  rateDecay: z.number().min(0).max(1).default(0).meta({
    label: 'Rate decay',
    help: 'Lets the learning rate fall as 1 / (1 + steps times this). 0 turns it off.',
    advanced: true,
  }),
  epsilon: epsilonField(1e-10),
  weightDecay: coupledDecayField(),
})

export const adagrad: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'adagrad',
  order: 14,
  label: 'AdaGrad',
  help: 'Divides by all gradients so far, so that steps only shrink and rare inputs keep long ones. Take it for sparse inputs.',
  schema,
  formula: String.raw`\begin{aligned} s &\leftarrow s + g^2, \quad g = \nabla f(x) + \omega x \\ x &\leftarrow x - \frac{\lambda}{1 + (t - 1)\, \eta} \cdot \frac{g}{\sqrt{s} + \epsilon} \end{aligned}`,
  source:
    'Duchi, Hazan, Singer, “Adaptive subgradient methods”, JMLR 12 (2011), figure 1; defaults as in PyTorch’s Adagrad',
  slots: () => ['sum'],
  scalars: ({ rateDecay }, step, learningRate) => ({ rate: learningRate / (1 + (step - 1) * rateDecay) }),
  update({ config: { epsilon, weightDecay }, parameters: x, gradient, slots, scalars }) {
    const g = decayedGradient(gradient, x, weightDecay)
    const sum = add(slots.sum!, square(g))
    const step = divide(g, add(sqrt(sum), epsilon))
    return { parameters: subtract(x, multiply(step, scalars.rate!)), slots: { sum } }
  },
}

import { z } from 'zod'
import { add, divide, multiply, sqrt, square, subtract } from '../graph/ops'
import { decayField, epsilonField, learningRateField } from './fields'
import type { OptimizerKind } from './optimizer'

const schema = z.strictObject({
  learningRate: learningRateField(0.01),
  decay: decayField(0.99, 'Decay', 'Share of the past that the running mean of squared gradients keeps.'),
  epsilon: epsilonField(),
})

export const rmsprop: OptimizerKind<z.output<typeof schema>> = {
  type: 'rmsprop',
  order: 20,
  label: 'RMSprop',
  help: 'Divides each gradient by its usual size, so that flat and steep directions move alike. Take it when gradients differ much between layers.',
  schema,
  formula: String.raw`\begin{aligned} s &\leftarrow \alpha s + (1 - \alpha)\, \nabla f(x)^2 \\ x &\leftarrow x - \lambda \frac{\nabla f(x)}{\sqrt{s} + \epsilon} \end{aligned}`,
  source:
    'Tieleman and Hinton, “Lecture 6.5: RMSProp”, Coursera, 2012; defaults and ε outside the root as in PyTorch’s RMSprop',
  slots: () => ['square'],
  scalars: (_config, _step, learningRate) => ({ learningRate }),
  update({ config: { decay, epsilon }, parameters: x, gradient: g, slots, scalars }) {
    const s = add(multiply(slots.square!, decay), multiply(square(g), 1 - decay))
    const step = divide(g, add(sqrt(s), epsilon))
    return { parameters: subtract(x, multiply(step, scalars.learningRate!)), slots: { square: s } }
  },
}

import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, divide, maximum, multiply, sqrt, square, subtract } from '../graph/ops'
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
  learningRate: learningRateField(0.01),
  decay: decayField(0.99, 'Decay', 'Share of the past that the running mean of squared gradients keeps.'),
  epsilon: epsilonField(),
  centred: z.boolean().default(false).meta({
    label: 'Centred',
    help: 'Divides by the spread of the gradient around its mean in place of its size.',
    advanced: true,
  }),
  momentum: z.number().min(0).lt(1).default(0).meta({
    label: 'Momentum',
    help: 'Share of the last step that is kept. 0 turns it off.',
    advanced: true,
  }),
  weightDecay: coupledDecayField(),
})

/** With momentum the divided gradients make a velocity v, and x moves by that. */
export const rmsprop: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'rmsprop',
  order: 20,
  label: 'RMSprop',
  help: 'Divides each gradient by its usual size, so that flat and steep directions move alike. Take it when gradients differ much between layers.',
  schema,
  formula: String.raw`\begin{aligned} s &\leftarrow \alpha s + (1 - \alpha)\, g^2, \quad g = \nabla f(x) + \omega x \\ v &\leftarrow \mu v + \frac{g}{\sqrt{s} + \epsilon} \quad (\text{centred: } \sqrt{s - a^2},\; a \leftarrow \alpha a + (1 - \alpha)\, g) \\ x &\leftarrow x - \lambda v \end{aligned}`,
  source:
    'Tieleman and Hinton, “Lecture 6.5: RMSProp”, Coursera, 2012; defaults and ε outside the root as in PyTorch’s RMSprop. Centred: Graves, “Generating sequences with recurrent neural networks”, 2013, equations 38-41',
  slots: ({ centred, momentum }) => [
    'square',
    ...(centred ? ['mean'] : []),
    ...(momentum > 0 ? ['velocity'] : []),
  ],
  scalars: (_config, _step, learningRate) => ({ learningRate }),
  update({ config, parameters: x, gradient, slots, scalars }) {
    const { decay, epsilon, centred, momentum, weightDecay } = config
    const g = decayedGradient(gradient, x, weightDecay)
    const s = runningMean(slots.square!, decay, square(g))
    const next: Record<string, Tensor> = { square: s }
    if (centred) next.mean = runningMean(slots.mean!, decay, g)
    // Never negative but for rounding, which must not reach the root.
    const spread = next.mean ? maximum(subtract(s, square(next.mean)), 0) : s
    const step = divide(g, add(sqrt(spread), epsilon))
    if (momentum > 0) next.velocity = add(multiply(slots.velocity!, momentum), step)
    const move = multiply(next.velocity ?? step, scalars.learningRate!)
    return { parameters: subtract(x, move), slots: next }
  },
}

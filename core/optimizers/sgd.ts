import { z } from 'zod'
import { add, multiply, subtract } from '../graph/ops'
import { coupledDecayField, decayedGradient, learningRateField } from './fields'
import type { UpdateOptimizer, Update } from './optimizer'

const schema = z.strictObject({
  learningRate: learningRateField(0.01),
  momentum: z.number().min(0).lt(1).default(0).meta({
    label: 'Momentum',
    help: 'Share of the last step’s velocity that is kept, as a ball rolling downhill would. 0 turns it off, 0.9 is usual.',
  }),
  nesterov: z.boolean().default(false).meta({
    label: 'Nesterov',
    help: 'Looks one step of momentum ahead. Does nothing without momentum.',
    advanced: true,
  }),
  weightDecay: coupledDecayField(),
})

/** With momentum, v is the velocity; the decayed gradient is g. Without, there is no velocity to store. */
export const sgd: UpdateOptimizer<z.output<typeof schema>> = {
  type: 'sgd',
  order: 10,
  label: 'Gradient descent (SGD)',
  help: 'Steps straight against the gradient; with momentum it rolls through small dips. Take it to see plain descent, or tuned, for the best final result.',
  schema,
  formula: String.raw`\begin{aligned} g &= \nabla f(x) + \omega x \\ v &\leftarrow \mu v + g \\ x &\leftarrow x - \lambda v \quad (\text{Nesterov: } x - \lambda (g + \mu v)) \end{aligned}`,
  source:
    'Sutskever, Martens, Dahl, Hinton, “On the importance of initialization and momentum in deep learning”, ICML 2013; in the form of PyTorch’s SGD without dampening',
  slots: ({ momentum }) => (momentum > 0 ? ['velocity'] : []),
  scalars: (_config, _step, learningRate) => ({ learningRate }),
  update({ config, parameters: x, gradient, slots, scalars }): Update {
    const { momentum, nesterov, weightDecay } = config
    const g = decayedGradient(gradient, x, weightDecay)
    if (momentum === 0) return { parameters: subtract(x, multiply(g, scalars.learningRate!)), slots: {} }
    const v = add(multiply(slots.velocity!, momentum), g)
    const direction = nesterov ? add(g, multiply(v, momentum)) : v
    return { parameters: subtract(x, multiply(direction, scalars.learningRate!)), slots: { velocity: v } }
  },
}

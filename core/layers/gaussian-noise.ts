import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, cos, log, multiply, sqrt, subtract } from '../graph/ops'
import type { LayerKind } from './layer'

const schema = z.strictObject({
  deviation: z.number().min(0).max(1000).default(0.1).meta({
    label: 'Standard deviation',
    help: 'Size of the noise, in the unit of the input; 0 turns it off. Standardized features have a deviation of 1.',
    changeable: true,
  }),
})

/** sqrt(-2 ln(1 - u)) cos(2 pi v) is normal for even draws u, v from [0, 1). Box and Muller 1958. */
const normal = (u: Tensor, v: Tensor): Tensor =>
  multiply(sqrt(multiply(log(subtract(1, u)), -2)), cos(multiply(v, 2 * Math.PI)))

export const gaussianNoise: LayerKind<z.output<typeof schema>> = {
  type: 'gaussian-noise',
  order: 116,
  label: 'Gaussian noise',
  help: 'Adds a little noise while training, so that the network cannot learn single rows by heart. Most useful right after the input.',
  group: 'Regularization',
  schema,
  formula: String.raw`y = x + \sigma \sqrt{-2 \ln(1 - u)} \cos(2 \pi v), \quad u, v \sim U(0, 1); \qquad y = x \text{ outside training}`,
  source:
    'Bishop, “Training with noise is equivalent to Tikhonov regularization”, Neural Computation 7 (1995), section 2; as Keras’s GaussianNoise',
  outputShape: (_config, input) => input,
  parameters: () => [],
  build({ config: { deviation }, input, training, random }) {
    if (!training || deviation === 0) return input
    return add(input, multiply(normal(random(input.shape), random(input.shape)), deviation))
  },
}

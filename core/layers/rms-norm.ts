import { z } from 'zod'
import { add, divide, mean, multiply, sqrt, square } from '../graph/ops'
import { lastAxisOf } from './last-axis'
import type { LayerKind } from './layer'
import { epsilonField } from './moments'

const schema = z.strictObject({ epsilon: epsilonField(1e-6) })

/** [..., features] -> the same shape */
export const rmsNorm: LayerKind<z.output<typeof schema>> = {
  type: 'rms-norm',
  order: 240,
  label: 'RMS norm',
  help: 'Layer norm that leaves the mean alone and only divides by the typical size. Cheaper, and as good in most transformers.',
  group: 'Normalization',
  schema,
  formula: String.raw`y_i = \gamma_i \frac{x_i}{\sqrt{\tfrac1n \sum_j x_j^2 + \varepsilon}}`,
  source:
    'Zhang and Sennrich, “Root mean square layer normalization”, NeurIPS 2019, equation 4; epsilon as in Keras’s RMSNormalization',
  outputShape(_config, input) {
    lastAxisOf(input)
    return input
  },
  parameters: (_config, input) => [
    { name: 'scale', shape: [lastAxisOf(input)], initializer: 'ones', fanIn: 1, fanOut: 1 },
  ],
  build({ config: { epsilon }, input, parameter }) {
    const size = sqrt(add(mean(square(input), [input.shape.length - 1]), epsilon))
    return multiply(divide(input, size), parameter('scale'))
  },
}

import { z } from 'zod'
import type { LayerKind } from './layer'
import { affineField, epsilonField, moments, scaleAndShift, scaledAndShifted, standardize } from './moments'
import { channelsOf, spatialAxes } from './spatial-axes'

const schema = z.strictObject({ epsilon: epsilonField(), affine: affineField(false) })

const instead = 'Take layer norm or batch norm for a plain list of numbers.'

/** [places..., channels] -> the same shape; each channel of a row over its places. */
export const instanceNorm: LayerKind<z.output<typeof schema>> = {
  type: 'instance-norm',
  order: 230,
  label: 'Instance norm',
  help: 'Gives each channel of each image or sequence mean 0 and variance 1 over its places, so that brightness and contrast no longer count.',
  group: 'Normalization',
  schema,
  formula: String.raw`y_{p,c} = \frac{x_{p,c} - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}}, \quad \mu_c = \tfrac1P \textstyle\sum_p x_{p,c}`,
  source:
    'Ulyanov, Vedaldi, Lempitsky, “Instance normalization”, arXiv 1607.08022, 2016, equation 2; defaults as in PyTorch’s InstanceNorm, without running statistics',
  outputShape(_config, input) {
    channelsOf(input, instead)
    return input
  },
  parameters: ({ affine }, input) => (affine ? scaleAndShift([channelsOf(input, instead)]) : []),
  build({ config: { epsilon, affine }, input, parameter }) {
    const { centre, variance } = moments(input, spatialAxes(input.shape))
    const normal = standardize(input, centre, variance, epsilon)
    return affine ? scaledAndShifted(normal, parameter) : normal
  },
}

import { z } from 'zod'
import { greater, multiply, where } from '../graph/ops'
import type { LayerKind } from './layer'
import { channelsOf } from './spatial-axes'

const schema = z.strictObject({
  rate: z.number().min(0).lt(1).default(0.5).meta({
    label: 'Rate',
    help: 'Share of the channels that are set to 0 in each step of training; 0 turns it off.',
    changeable: true,
  }),
})

/** One draw for each row and channel; what is left is scaled up in training, as in dropout. */
export const spatialDropout: LayerKind<z.output<typeof schema>> = {
  type: 'spatial-dropout',
  order: 112,
  label: 'Spatial dropout',
  help: 'Dropout of whole channels of a sequence or an image. Neighbours tell nearly the same, so dropping single places would drop nothing.',
  group: 'Regularization',
  schema,
  formula: String.raw`y_{p,c} = \begin{cases} 0 & u_c < r \\ \frac{x_{p,c}}{1 - r} & \text{else} \end{cases}, \quad u_c \sim U(0, 1); \qquad y = x \text{ outside training}`,
  source:
    'Tompson, Goroshin, Jain, LeCun, Bregler, “Efficient object localization using convolutional networks”, CVPR 2015, section 3.2; as Keras’s SpatialDropout and PyTorch’s Dropout2d',
  outputShape(_config, input) {
    channelsOf(input, 'Take dropout for a plain list of numbers.')
    return input
  },
  parameters: () => [],
  build({ config: { rate }, input, training, random }) {
    if (!training || rate === 0) return input
    const draws = input.shape.map((size, axis) => (axis === 0 || axis === input.shape.length - 1 ? size : 1))
    return where(greater(rate, random(draws)), 0, multiply(input, 1 / (1 - rate)))
  },
}

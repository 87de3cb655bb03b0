import { z } from 'zod'
import { averagePooling } from './average-pooling'
import type { LayerKind } from './layer'
import { poolFields as fields } from './spatial-fields'

const schema = z.strictObject({
  size: fields.size1d(),
  stride: fields.stride1d(),
  padding: fields.padding(),
})

/** [length, channels] -> [steps, channels]. Names, defaults and padding as in Keras. */
export const averagePool1d: LayerKind<z.output<typeof schema>> = {
  type: 'average-pool1d',
  order: 450,
  label: 'Average pooling 1-d',
  help: 'The mean of each window of a sequence, channel by channel: shorter and smoother.',
  group: 'Spatial',
  schema,
  formula: String.raw`y_{i,c} = \frac{1}{\lvert U_i \rvert} \sum_{u \in U_i} x_{u,c}, \quad U_i = \{ s i + u - p : 0 \le u < k \} \text{ inside}`,
  source:
    'LeCun, Bottou, Bengio, Haffner, “Gradient-based learning applied to document recognition”, Proc. IEEE 86 (1998), section II.B, without its weights; names and defaults as in Keras, which counts only numbers inside',
  ...averagePooling(1),
}

import { z } from 'zod'
import { averagePooling } from './average-pooling'
import type { LayerKind } from './layer'
import { poolFields as fields } from './spatial-fields'

const schema = z.strictObject({
  size: fields.size2d(),
  stride: fields.stride2d(),
  padding: fields.padding(),
})

/** [height, width, channels] -> [rows, columns, channels]. Names, defaults and padding as in Keras. */
export const averagePool2d: LayerKind<z.output<typeof schema>> = {
  type: 'average-pool2d',
  order: 460,
  label: 'Average pooling 2-d',
  help: 'The mean of each window of an image, channel by channel: smaller and smoother.',
  group: 'Spatial',
  schema,
  formula: String.raw`y_{i,j,c} = \frac{1}{\lvert U_{ij} \rvert} \sum_{(u,v) \in U_{ij}} x_{u,v,c}, \quad U_{ij} = \text{window } (i, j) \text{ inside the image}`,
  source:
    'LeCun, Bottou, Bengio, Haffner, “Gradient-based learning applied to document recognition”, Proc. IEEE 86 (1998), section II.B, without its weights; names and defaults as in Keras, which counts only numbers inside',
  ...averagePooling(2),
}

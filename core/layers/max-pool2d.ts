import { z } from 'zod'
import { maxPooling } from './max-pooling'
import type { LayerKind } from './layer'
import { poolFields as fields } from './spatial-fields'

const schema = z.strictObject({
  size: fields.size2d(),
  stride: fields.stride2d(),
  padding: fields.padding(),
})

/** [height, width, channels] -> [rows, columns, channels]. Names, defaults and padding as in Keras. */
export const maxPool2d: LayerKind<z.output<typeof schema>> = {
  type: 'max-pool2d',
  order: 440,
  label: 'Max pooling 2-d',
  help: 'Keeps the largest number of each window of an image, channel by channel: smaller, and less sensitive to where exactly something was.',
  group: 'Spatial',
  schema,
  formula: String.raw`y_{i,j,c} = \max_{u,\, v} x_{s i + u - p,\, s j + v - q,\, c}`,
  source:
    'Ranzato et al., “Unsupervised learning of invariant feature hierarchies”, CVPR 2007, section 2; names and defaults as in Keras, the first of equals as in PyTorch',
  ...maxPooling(2),
}

import { z } from 'zod'
import { maxPooling } from './max-pooling'
import type { LayerKind } from './layer'
import { poolFields as fields } from './spatial-fields'

const schema = z.strictObject({
  size: fields.size1d(),
  stride: fields.stride1d(),
  padding: fields.padding(),
})

/** [length, channels] -> [steps, channels]. Names, defaults and padding as in Keras. */
export const maxPool1d: LayerKind<z.output<typeof schema>> = {
  type: 'max-pool1d',
  order: 430,
  label: 'Max pooling 1-d',
  help: 'Keeps the largest number of each window of a sequence, channel by channel: shorter, and less sensitive to where exactly something was.',
  group: 'Spatial',
  schema,
  formula: String.raw`y_{i,c} = \max_{0 \le u < k} x_{s i + u - p,\, c}`,
  source:
    'Ranzato et al., “Unsupervised learning of invariant feature hierarchies”, CVPR 2007, section 2; names and defaults as in Keras, the first of equals as in PyTorch',
  ...maxPooling(1),
}

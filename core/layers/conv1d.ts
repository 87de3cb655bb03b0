import { z } from 'zod'
import { initializerField } from './affine'
import { convolution } from './convolution'
import type { LayerKind } from './layer'
import { convolutionFields as fields } from './spatial-fields'

const schema = z.strictObject({
  filters: fields.filters(),
  kernel: fields.kernel1d(),
  stride: fields.stride1d(),
  padding: fields.padding(),
  dilation: fields.dilation1d(),
  groups: fields.groups(),
  bias: fields.bias(),
  initializer: initializerField(),
})

/** [length, channels] -> [steps, filters]. Names, defaults and padding as in Keras. */
export const conv1d: LayerKind<z.output<typeof schema>> = {
  type: 'conv1d',
  order: 400,
  label: 'Convolution 1-d',
  help: 'Slides small filters along a sequence, so that a pattern is found wherever it is. Its input is [length, channels].',
  group: 'Spatial',
  schema,
  formula: String.raw`Y_{i,f} = b_f + \sum_{u=0}^{k-1} \sum_{c} W_{u,c,f}\, X_{s i + d u - p,\, c}`,
  source:
    'Waibel et al., “Phoneme recognition using time-delay neural networks”, IEEE Trans. ASSP 37 (1989), section II; arithmetic as in Dumoulin and Visin, arXiv 1603.07285, 2016; names and defaults as in Keras',
  ...convolution(1),
}

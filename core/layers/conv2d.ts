import { z } from 'zod'
import { initializerField } from './affine'
import { convolution } from './convolution'
import type { LayerKind } from './layer'
import { convolutionFields as fields } from './spatial-fields'

const schema = z.strictObject({
  filters: fields.filters(),
  kernel: fields.kernel2d(),
  stride: fields.stride2d(),
  padding: fields.padding(),
  dilation: fields.dilation2d(),
  groups: fields.groups(),
  bias: fields.bias(),
  initializer: initializerField(),
})

/** [height, width, channels] -> [rows, columns, filters]. Names, defaults and padding as in Keras. */
export const conv2d: LayerKind<z.output<typeof schema>> = {
  type: 'conv2d',
  order: 410,
  label: 'Convolution 2-d',
  help: 'Slides small filters over an image, so that a pattern is found wherever it is. Its input is [height, width, channels]; columns of a table become one through reshape.',
  group: 'Spatial',
  schema,
  formula: String.raw`Y_{i,j,f} = b_f + \sum_{u=0}^{k_h-1} \sum_{v=0}^{k_w-1} \sum_{c} W_{u,v,c,f}\, X_{s i + d u - p,\, s j + d v - q,\, c}`,
  source:
    'LeCun, Bottou, Bengio, Haffner, “Gradient-based learning applied to document recognition”, Proc. IEEE 86 (1998), section II.A; arithmetic as in Dumoulin and Visin, arXiv 1603.07285, 2016; dilation: Yu and Koltun, ICLR 2016, equation 2; names and defaults as in Keras',
  ...convolution(2),
}

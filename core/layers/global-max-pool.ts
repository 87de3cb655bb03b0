import { pickLargest, reshape } from '../graph/ops'
import { sizeOf } from '../graph/shape'
import { noSettings } from './activation'
import type { LayerKind } from './layer'
import { channelsOf } from './spatial-axes'

/** [..., channels] -> [channels]; the first of equals takes the gradient, as in the other max pooling layers. */
export const globalMaxPool: LayerKind = {
  type: 'global-max-pool',
  order: 470,
  label: 'Global max pooling',
  help: 'The largest number of each channel over the whole sequence or image: whether a pattern was anywhere. A short list, however large the input was.',
  group: 'Spatial',
  schema: noSettings,
  formula: String.raw`y_c = \max_{p \in P} x_{p,c}, \quad P = \text{all places}`,
  source:
    'Collobert and Weston, “A unified architecture for natural language processing”, ICML 2008, section 3.3; as in Keras, the first of equals as in PyTorch',
  outputShape: (_config, input) => [
    channelsOf(input, 'Take this layer after convolutions, or leave it out.'),
  ],
  parameters: () => [],
  build({ input }) {
    const [n, channels] = [input.shape[0]!, input.shape.at(-1)!]
    const places = sizeOf(input.shape.slice(1, -1))
    const x = reshape(input, [n, 1, places, channels])
    const whole = { kernel: [1, places], stride: [1, 1], dilation: [1, 1], before: [0, 0] } as const
    return reshape(pickLargest(x, x, whole, [1, 1]), [n, channels])
  },
}

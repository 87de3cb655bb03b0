import { mean } from '../graph/ops'
import { noSettings } from './activation'
import type { LayerKind } from './layer'
import { channelsOf, spatialAxes } from './spatial-axes'

/** [..., channels] -> [channels] */
export const globalAveragePool: LayerKind = {
  type: 'global-average-pool',
  order: 480,
  label: 'Global average pooling',
  help: 'The mean of each channel over the whole sequence or image: a short list, however large the input was. A common end of a stack of convolutions.',
  group: 'Spatial',
  schema: noSettings,
  formula: String.raw`y_c = \frac{1}{\lvert P \rvert} \sum_{p \in P} x_{p,c}, \quad P = \text{all places}`,
  source: 'Lin, Chen, Yan, “Network in network”, ICLR 2014, section 3.2; as in Keras',
  outputShape: (_config, input) => [
    channelsOf(input, 'Take this layer after convolutions, or leave it out.'),
  ],
  parameters: () => [],
  build: ({ input }) => mean(input, spatialAxes(input.shape), false),
}

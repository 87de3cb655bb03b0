import { reshape } from '../graph/ops'
import { sizeOf } from '../graph/shape'
import { noSettings } from './activation'
import type { LayerKind } from './layer'

/** [...] -> [all], the last axis running fastest. */
export const flatten: LayerKind = {
  type: 'flatten',
  order: 310,
  label: 'Flatten',
  help: 'Lays all numbers of a sequence or an image into one list, so that a dense layer can follow.',
  group: 'Shape',
  schema: noSettings,
  formula: String.raw`y_{(i\, w + j)\, n + c} = x_{i,j,c}, \quad x \in \mathbb{R}^{h \times w \times n}`,
  source: 'Keras, Flatten, documentation of 2015 and later; channels last',
  outputShape: (_config, input) => [sizeOf(input)],
  parameters: () => [],
  build: ({ input }) => reshape(input, [input.shape[0]!, sizeOf(input.shape.slice(1))]),
}

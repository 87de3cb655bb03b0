import * as ops from '../graph/softmax'
import { noSettings } from './activation'
import type { LayerKind } from './layer'

/** [..., n] -> [..., n] */
export const logSoftmax: LayerKind = {
  type: 'log-softmax',
  order: 96,
  label: 'Log-softmax',
  help: 'The logarithm of softmax, computed without first making shares that are too small to hold.',
  group: 'Activation',
  schema: noSettings,
  formula: String.raw`y_i = x_i - \ln \sum_j e^{x_j}`,
  source:
    'Bishop, “Pattern Recognition and Machine Learning”, 2006, section 4.3.4; over the last axis, as PyTorch’s LogSoftmax(-1)',
  outputShape: (_config, input) => input,
  parameters: () => [],
  build: ({ input }) => ops.logSoftmax(input),
}

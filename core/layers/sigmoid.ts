import * as ops from '../graph/ops'
import { activation, noSettings } from './activation'

export const sigmoid = activation({
  type: 'sigmoid',
  order: 90,
  label: 'Sigmoid',
  help: 'Squeezes every number between 0 and 1. The classic unit; in deep stacks its gradient fades, so rather take tanh or ReLU there.',
  schema: noSettings,
  formula: String.raw`y = \sigma(x) = \frac{1}{1 + e^{-x}}`,
  source:
    'Rumelhart, Hinton, Williams, “Learning representations by back-propagating errors”, Nature 323 (1986), equation 2',
  apply: ops.sigmoid,
})

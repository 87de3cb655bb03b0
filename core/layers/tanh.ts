import * as ops from '../graph/ops'
import { activation, noSettings } from './activation'

export const tanh = activation({
  type: 'tanh',
  order: 80,
  label: 'Tanh',
  help: 'Squeezes every number between −1 and 1. Smooth; good in small networks and for seeing curves bend.',
  schema: noSettings,
  formula: String.raw`y = \tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}`,
  source:
    'LeCun, Bottou, Orr, Müller, “Efficient BackProp”, Neural Networks: Tricks of the Trade, 1998, section 4.4',
  apply: ops.tanh,
})

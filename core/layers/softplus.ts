import * as ops from '../graph/ops'
import { activation, noSettings } from './activation'

export const softplus = activation({
  type: 'softplus',
  order: 100,
  label: 'Softplus',
  help: 'A ReLU with a round corner; always positive, and its derivative is the sigmoid.',
  schema: noSettings,
  formula: String.raw`y = \log(1 + e^x)`,
  source:
    'Dugas, Bengio, Bélisle, Nadeau, Garcia, “Incorporating second-order functional knowledge for better option pricing”, NIPS 2000',
  apply: ops.softplus,
})

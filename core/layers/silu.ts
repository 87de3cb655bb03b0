import { multiply, sigmoid } from '../graph/ops'
import { activation, noSettings } from './activation'

export const silu = activation({
  type: 'silu',
  order: 70,
  label: 'SiLU',
  help: 'The number times its own sigmoid, also called Swish: a smooth ReLU with a small dip below 0.',
  schema: noSettings,
  formula: String.raw`y = x\, \sigma(x) = \frac{x}{1 + e^{-x}}`,
  source: 'Elfwing, Uchibe, Doya, “Sigmoid-weighted linear units”, Neural Networks 107 (2018), section 2',
  apply: (x) => multiply(x, sigmoid(x)),
})

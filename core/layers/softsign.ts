import { abs, add, divide } from '../graph/ops'
import { activation, noSettings } from './activation'

export const softsign = activation({
  type: 'softsign',
  order: 82,
  label: 'Softsign',
  help: 'Between −1 and 1 as tanh, but nearing its ends slowly, so that its gradient fades later.',
  schema: noSettings,
  formula: String.raw`y = \frac{x}{1 + |x|}`,
  source:
    'Bergstra, Desjardins, Lamblin, Bengio, “Quadratic polynomials learn better image features”, 2009, section 2; as PyTorch’s Softsign',
  apply: (x) => divide(x, add(abs(x), 1)),
})

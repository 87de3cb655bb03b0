import { z } from 'zod'
import { add, mean, multiply, softplus, subtract } from '../graph/ops'
import type { LossKind } from './loss'

/** log cosh r = r + log(1 + e^-2r) - log 2: no exponential of a large number, on either side of 0. */
export const logCosh: LossKind = {
  type: 'log-cosh',
  order: 32,
  label: 'Log-cosh',
  help: 'Squared for small misses and straight for large ones, and smooth all the way. Take it for numbers with some wild rows.',
  schema: z.strictObject({}),
  formula: String.raw`L(y, t) = \frac{1}{n} \sum_{j=1}^{n} \log \cosh (y_j - t_j)`,
  source: 'Green, IEEE Transactions on Medical Imaging 9 (1990), pp. 84-93, equation 14; as Keras’ LogCosh',
  targets: ['number'],
  link: 'identity',
  build(_config, y, t) {
    const r = subtract(y, t)
    return mean(subtract(add(r, softplus(multiply(r, -2))), Math.LN2), [1])
  },
}

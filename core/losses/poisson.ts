import { z } from 'zod'
import { exp, mean, multiply, subtract } from '../graph/ops'
import type { LossKind } from './loss'

export const poisson: LossKind = {
  type: 'poisson',
  order: 36,
  label: 'Poisson',
  help: 'For counts: how many per day, per mile, per shop. The network gives the logarithm of the expected count, so predictions are never negative.',
  schema: z.strictObject({}),
  formula: String.raw`L(y, t) = \frac{1}{n} \sum_{j=1}^{n} e^{y_j} - t_j\, y_j`,
  source:
    'McCullagh and Nelder, “Generalized Linear Models”, 2nd edition, 1989, section 6.2; as PyTorch’s PoissonNLLLoss with its defaults, which leaves out the term log t!',
  targets: ['number'],
  targetScale: 'none',
  leastTarget: 0,
  link: 'exp',
  build: (_config, y, t) => mean(subtract(exp(y), multiply(t, y)), [1]),
}

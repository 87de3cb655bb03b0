import { z } from 'zod'
import { exp, multiply, subtract, sum, where } from '../graph/ops'
import { focusingField } from './focusing'
import { logSumExp } from './log-softmax'
import type { LossKind } from './loss'

const schema = z.strictObject({ gamma: focusingField() })

/** Below every number that a network gives; its exponential is 0. */
const nothing = -1e30

/**
 * 1 - p is the share of the other classes, so that log(1 - p) = log Σ_other exp(z) - log Σ exp(z) keeps its digits
 * where p is nearly 1.
 */
export const softmaxFocal: LossKind<z.output<typeof schema>> = {
  type: 'softmax-focal',
  order: 52,
  label: 'Softmax focal',
  help: 'Cross-entropy that turns to the hard rows. Take it for several classes of which some are rare.',
  schema,
  formula: String.raw`L(z, t) = -(1 - p)^\gamma \log p, \quad p = \sum_{k=1}^{n} t_k \frac{e^{z_k}}{\sum_j e^{z_j}}`,
  source:
    'Lin, Goyal, Girshick, He, Dollár, “Focal loss for dense object detection”, ICCV 2017, equation 4, with the softmax’s probability of the true class',
  targets: ['category'],
  link: 'softmax',
  build({ gamma }, z, t) {
    const all = logSumExp(z)
    const others = logSumExp(where(t, nothing, z))
    const focus = exp(multiply(subtract(others, all), gamma))
    return multiply(focus, subtract(all, sum(multiply(t, z), [1])))
  },
}

import { z } from 'zod'
import { exp, mean, multiply, negate, softplus, subtract } from '../graph/ops'
import { focusingField } from './focusing'
import type { LossKind } from './loss'

const schema = z.strictObject({ gamma: focusingField() })

/** With u = z for a target of 0 and -z for 1: log p = -softplus(u) and log(1 - p) = -softplus(-u). */
export const binaryFocal: LossKind<z.output<typeof schema>> = {
  type: 'binary-focal',
  order: 42,
  label: 'Binary focal',
  help: 'Cross-entropy that turns to the hard rows. Take it for yes/no targets where one answer is rare.',
  schema,
  formula: String.raw`L(z, t) = \frac{1}{n} \sum_{j=1}^{n} -(1 - p_j)^\gamma \log p_j, \quad p_j = \begin{cases} \sigma(z_j) & t_j = 1 \\ 1 - \sigma(z_j) & t_j = 0 \end{cases}`,
  source: 'Lin, Goyal, Girshick, He, Dollár, “Focal loss for dense object detection”, ICCV 2017, equation 4',
  targets: ['binary'],
  link: 'sigmoid',
  build({ gamma }, z, t) {
    const u = multiply(z, subtract(1, multiply(t, 2)))
    const focus = exp(multiply(softplus(negate(u)), -gamma))
    return mean(multiply(focus, softplus(u)), [1])
  },
}

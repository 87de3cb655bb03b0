import { z } from 'zod'
import { expm1, log1p } from '../../../numerics/near-one'
import type { ScaleKind } from '../preparation'
import { meanOf, spreadOf } from '../statistics'
import { likeliestPower } from './yeo-johnson-power'

interface Power extends Record<string, unknown> {
  readonly lambda: number
  readonly offset: number
  readonly factor: number
}

export const yeoJohnson: ScaleKind<Record<string, unknown>, Power> = {
  type: 'yeo-johnson',
  order: 60,
  label: 'Power (Yeo–Johnson)',
  help: 'Bends skewed values towards a bell curve, then mean 0 and deviation 1. The power is the one under which the training rows are likeliest to be normal; for values of either sign.',
  schema: z.strictObject({}),
  formula: String.raw`\psi_\lambda(x) = \begin{cases} ((x + 1)^\lambda - 1) / \lambda & x \ge 0 \\ -((1 - x)^{2 - \lambda} - 1) / (2 - \lambda) & x < 0 \end{cases} \qquad y = \frac{\psi_\lambda(x) - \mu}{\sigma}`,
  source:
    'Yeo and Johnson, “A New Family of Power Transformations”, Biometrika 87, 2000, equation 3.1; scikit-learn’s PowerTransformer',
  types: ['number', 'date'],
  found: z.strictObject({ lambda: z.number(), offset: z.number(), factor: z.number() }),
  forTarget: false,
  fit: (values) => {
    const lambda = likeliestPower(values)
    const bent = values.map((value) => bend(value, lambda))
    const offset = meanOf(bent)
    return { lambda, offset, factor: spreadOf(bent, offset) }
  },
  apply: (values, count, { lambda, offset, factor }) => {
    for (let i = 0; i < count; i++) values[i] = (bend(values[i]!, lambda) - offset) / factor
  },
  invert: (values, count, { lambda, offset, factor }) => {
    for (let i = 0; i < count; i++) values[i] = unbend(values[i]! * factor + offset, lambda)
  },
}

const bend = (x: number, lambda: number): number =>
  x >= 0 ? raised(log1p(x), lambda) : -raised(log1p(-x), 2 - lambda)

const unbend = (y: number, lambda: number): number =>
  y >= 0 ? expm1(lowered(y, lambda)) : -expm1(lowered(-y, 2 - lambda))

/** ((1 + x)^power - 1) / power from log(1 + x). */
const raised = (logarithm: number, power: number): number =>
  power === 0 ? logarithm : expm1(power * logarithm) / power

/** log(1 + x) from ((1 + x)^power - 1) / power. */
const lowered = (y: number, power: number): number => (power === 0 ? y : log1p(power * y) / power)

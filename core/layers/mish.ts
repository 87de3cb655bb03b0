import { multiply, softplus, tanh } from '../graph/ops'
import { activation, noSettings } from './activation'

export const mish = activation({
  type: 'mish',
  order: 72,
  label: 'Mish',
  help: 'A smooth ReLU close to SiLU, with a deeper dip below 0. Slower to compute; sometimes a little better in deep stacks.',
  schema: noSettings,
  formula: String.raw`y = x \tanh(\ln(1 + e^x))`,
  source: 'Misra, “Mish: a self regularized non-monotonic activation function”, BMVC 2020, equation 1',
  apply: (x) => multiply(x, tanh(softplus(x))),
})

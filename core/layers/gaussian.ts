import { exp, negate, square } from '../graph/ops'
import { activation, noSettings } from './activation'

export const gaussian = activation({
  type: 'gaussian',
  order: 104,
  label: 'Gaussian',
  help: 'A bump: 1 at 0, falling to 0 on both sides. Each unit answers to inputs near one line or plane only.',
  schema: noSettings,
  formula: String.raw`y = e^{-x^2}`,
  source:
    'Broomhead and Lowe, “Multivariable functional interpolation and adaptive networks”, Complex Systems 2 (1988), section 2',
  apply: (x) => exp(negate(square(x))),
})

import { greater, multiply } from '../graph/ops'
import { activation, noSettings } from './activation'

/** As a product, so that the derivative at 0 is 0 and NaN stays NaN instead of being hidden as 0. */
export const relu = activation({
  type: 'relu',
  order: 30,
  label: 'ReLU',
  help: 'Keeps positive numbers and sets the rest to 0. Quick and the usual first choice between dense layers.',
  schema: noSettings,
  formula: String.raw`y = \max(x, 0) = x\, [x > 0]`,
  source:
    'Nair and Hinton, “Rectified linear units improve restricted Boltzmann machines”, ICML 2010, section 3',
  apply: (x) => multiply(x, greater(x, 0)),
})

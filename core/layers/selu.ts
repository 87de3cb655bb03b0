import { multiply } from '../graph/ops'
import { activation, noSettings } from './activation'
import { exponentialLinear } from './exponential-linear'

const alpha = 1.6732632423543772
const scale = 1.0507009873554805

export const selu = activation({
  type: 'selu',
  order: 52,
  label: 'SELU',
  help: 'ELU with two constants that keep mean 0 and variance 1 from layer to layer. Start its dense layers with LeCun normal, and use alpha dropout.',
  schema: noSettings,
  formula: String.raw`y = \lambda \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & \text{else} \end{cases}, \quad \lambda \approx 1.0507,\ \alpha \approx 1.6733`,
  source:
    'Klambauer, Unterthiner, Mayr, Hochreiter, “Self-normalizing neural networks”, NeurIPS 2017, equation 2 and 14',
  apply: (x) => multiply(exponentialLinear(x, alpha), scale),
})

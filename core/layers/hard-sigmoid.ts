import { add, multiply } from '../graph/ops'
import { activation, noSettings } from './activation'
import { clamp } from './clamp'

/** Held before it is shifted, so that the ends are where x is exactly -3 and 3. */
export const hardSigmoid = activation({
  type: 'hard-sigmoid',
  order: 92,
  label: 'Hard sigmoid',
  help: 'Sigmoid made of straight lines: 0 below −3, 1 above 3. Quick, and exactly 0 and 1 at its ends.',
  schema: noSettings,
  formula: String.raw`y = \frac{\min(\max(x + 3, 0), 6)}{6}`,
  source:
    'Courbariaux, Bengio, David, “BinaryConnect”, NeurIPS 2015, equation 3, with the slope 1/6 of PyTorch’s Hardsigmoid',
  apply: (x) => add(multiply(clamp(x, -3, 3), 1 / 6), 0.5),
})

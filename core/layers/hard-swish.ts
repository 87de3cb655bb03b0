import { add, greater, multiply, where } from '../graph/ops'
import { activation, noSettings } from './activation'

/** At -3 the derivative is that of the curve, -1/2, and at 3 that of the line, 1, as in PyTorch. */
export const hardSwish = activation({
  type: 'hard-swish',
  order: 74,
  label: 'Hard swish',
  help: 'SiLU made of straight lines and a parabola, without an exponential: quick on small devices.',
  schema: noSettings,
  formula: String.raw`y = \begin{cases} 0 & x < -3 \\ x & x > 3 \\ \tfrac{x (x + 3)}{6} & \text{else} \end{cases}`,
  source: 'Howard et al., “Searching for MobileNetV3”, ICCV 2019, section 5.2; as PyTorch’s Hardswish',
  apply(x) {
    const curve = multiply(multiply(x, add(x, 3)), 1 / 6)
    return where(greater(3, x), where(greater(-3, x), 0, curve), x)
  },
})

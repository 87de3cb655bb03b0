import { z } from 'zod'
import { greater, multiply, where } from '../graph/ops'
import { lastAxisOf } from './last-axis'
import type { LayerKind } from './layer'

const schema = z.strictObject({
  slopes: z.enum(['shared', 'per-unit']).default('shared').meta({
    label: 'Slopes',
    help: 'One slope that all units share, or one for each unit (the last axis).',
  }),
})

/** [..., units] -> the same shape. Every slope starts at 0.25, as in the paper and in PyTorch. */
export const prelu: LayerKind<z.output<typeof schema>> = {
  type: 'prelu',
  order: 42,
  label: 'PReLU',
  help: 'Leaky ReLU whose slope for negative numbers is learned. Take it when leaky ReLU helps and the data is plenty.',
  group: 'Activation',
  schema,
  formula: String.raw`y = \begin{cases} x & x > 0 \\ a x & \text{else} \end{cases}, \quad a \text{ learned, first } 0.25`,
  source: 'He, Zhang, Ren, Sun, “Delving deep into rectifiers”, ICCV 2015, equation 1; as PyTorch’s PReLU',
  outputShape: (_config, input) => input,
  parameters({ slopes }, input) {
    const units = slopes === 'shared' ? 1 : lastAxisOf(input)
    return [{ name: 'slope', shape: [units], initializer: 0.25, fanIn: units, fanOut: units }]
  },
  build: ({ input, parameter }) => where(greater(input, 0), input, multiply(input, parameter('slope'))),
}

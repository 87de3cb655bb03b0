import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import { transpose } from '../graph/ops'
import type { Shape } from '../graph/shape'
import type { LayerKind } from './layer'

const error = 'each axis once, numbered from 1, such as 2, 1 or 3, 1, 2'

const schema = z.strictObject({
  order: z
    .array(z.int({ error }).min(1, { error }).max(4, { error }), { error })
    .min(1, { error })
    .max(4, { error })
    .refine((order) => order.every((_, i) => order.includes(i + 1)), { error })
    .default([2, 1])
    .meta({
      label: 'Order',
      help: 'Which axis of the input comes first, second and so on; axes are numbered from 1. 3, 1, 2 brings channels to the front.',
    }),
})

/** @throws LabError `layer-input` when the input has another number of axes. */
function checkRank(order: readonly number[], input: Shape): void {
  if (order.length === input.length) return
  throw new LabError({
    code: 'layer-input',
    expected: `an input with ${order.length} axes, as the order names so many`,
    came: `[${input.join(', ')}]`,
    advice: `Name the axes 1 to ${input.length} in the order, each once.`,
  })
}

/** Axis i of the output is axis `order[i]` of the input. */
export const permute: LayerKind<z.output<typeof schema>> = {
  type: 'permute',
  order: 320,
  label: 'Permute',
  help: 'Changes the order of the axes, such as from channels first to channels last.',
  group: 'Shape',
  schema,
  formula: String.raw`y_{i_{\pi(1)}, \dots, i_{\pi(n)}} = x_{i_1, \dots, i_n}`,
  source: 'Keras, Permute, documentation of 2015 and later; axes numbered from 1 without the batch, as there',
  outputShape({ order }, input) {
    checkRank(order, input)
    return order.map((axis) => input[axis - 1]!)
  },
  parameters: () => [],
  build: ({ config: { order }, input }) => transpose(input, [0, ...order]),
}

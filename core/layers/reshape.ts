import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import * as ops from '../graph/ops'
import { sizeOf, type Shape } from '../graph/shape'
import type { LayerKind } from './layer'

const error = 'a list of whole numbers from 1 on, one of which may be -1'
const axis = z
  .int({ error })
  .min(-1, { error })
  .max(1_000_000, { error })
  .refine((size) => size !== 0, { error })

const schema = z.strictObject({
  shape: z
    .array(axis, { error })
    .min(1, { error })
    .max(4, { error: 'at most four axes' })
    .refine((sizes) => sizes.filter((size) => size < 0).length <= 1, { error })
    .default([-1, 1])
    .meta({
      label: 'Shape',
      help: 'Size of each axis: length, channels for a sequence, or height, width, channels for an image. One may be -1: whatever is left.',
    }),
})

/** The shape asked for with its -1 filled in. @throws LabError `layer-shape` when the numbers do not fill it. */
function resolved(wanted: readonly number[], input: Shape): Shape {
  const total = sizeOf(input)
  const known = sizeOf(wanted.filter((size) => size > 0))
  const shape = wanted.map((size) => (size > 0 ? size : total / known))
  if (sizeOf(shape) === total && shape.every(Number.isInteger)) return shape
  throw new LabError({
    code: 'layer-shape',
    expected: `a shape of ${total} numbers, as many as the input [${input.join(', ')}] has`,
    came: `[${wanted.join(', ')}]${wanted.includes(-1) ? '' : `, which has ${known}`}`,
    advice:
      'Change the sizes so that their product is right, or let one be -1. Count the inputs that the data gives.',
  })
}

/** [...] -> shape, in the same order, the last axis running fastest. */
export const reshape: LayerKind<z.output<typeof schema>> = {
  type: 'reshape',
  order: 300,
  label: 'Reshape',
  help: 'Gives the same numbers another shape. Turns columns of a table into an image or a sequence; the columns must come row by row.',
  group: 'Shape',
  schema,
  formula: String.raw`y_{i,j,c} = x_{(i\, w + j)\, n + c}, \quad y \in \mathbb{R}^{h \times w \times n}`,
  source: 'Keras, Reshape, documentation of 2015 and later; channels last',
  outputShape: ({ shape }, input) => resolved(shape, input),
  parameters: () => [],
  build: ({ config: { shape }, input }) =>
    ops.reshape(input, [input.shape[0]!, ...resolved(shape, input.shape.slice(1))]),
}

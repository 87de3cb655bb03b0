import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import type { Tensor } from '../graph/graph'
import { add, concat, multiply } from '../graph/ops'
import { sameShape, type Shape } from '../graph/shape'
import { layerList } from './blocks'
import type { LayerKind } from './layer'

const schema = z.strictObject({
  branches: z
    .array(layerList())
    .min(2)
    .max(16)
    .default([[{ type: 'dense' }], [{ type: 'dense' }]])
    .meta({
      label: 'Branches',
      help: 'Lists of layers that all get the block’s input.',
      advanced: true,
    }),
  join: z.enum(['concat', 'add', 'average']).default('concat').meta({
    label: 'Join',
    help: 'How their outputs become one: side by side along the last axis, added, or their average.',
  }),
})

type Join = z.output<typeof schema>['join']

const sumOf = (parts: readonly Tensor[]): Tensor => parts.slice(1).reduce(add, parts[0]!)

const joins: Record<Join, (parts: readonly Tensor[]) => Tensor> = {
  concat: (parts) => concat(parts, parts[0]!.shape.length - 1),
  add: sumOf,
  average: (parts) => multiply(sumOf(parts), 1 / parts.length),
}

/** @throws LabError when the branches' outputs do not fit together. */
function joinedShape(join: Join, outputs: readonly Shape[]): Shape {
  const first = outputs[0]!
  const compared = (shape: Shape): Shape => (join === 'concat' ? shape.slice(0, -1) : shape)
  const stranger = outputs.findIndex(
    (shape) => shape.length !== first.length || !sameShape(compared(shape), compared(first)),
  )
  if (stranger >= 0) throw unlike(join, outputs, stranger)
  return join === 'concat'
    ? [...first.slice(0, -1), outputs.reduce((total, shape) => total + shape.at(-1)!, 0)]
    : first
}

const unlike = (join: Join, outputs: readonly Shape[], stranger: number): LabError =>
  new LabError({
    code: 'layer-shape',
    expected:
      join === 'concat'
        ? `branches that give [${outputs[0]!.slice(0, -1).join(', ')}${outputs[0]!.length > 1 ? ', ' : ''}any number], as the first does`
        : `branches that all give [${outputs[0]!.join(', ')}], as the first does`,
    came: `[${outputs[stranger]!.join(', ')}] from branch ${stranger + 1}`,
    advice:
      join === 'concat'
        ? 'Change its layers, or put a flatten at the end of each branch.'
        : 'Give the branches’ last layers the same size, or join them by "concat".',
  })

/** Every branch gets the same input. */
export const parallel: LayerKind<z.output<typeof schema>> = {
  type: 'parallel',
  order: 610,
  label: 'Parallel',
  help: 'Sends its input through several stacks side by side and joins what they give: wide and narrow views of one thing at a time.',
  group: 'Block',
  schema,
  formula: String.raw`y = [F_1(x), \dots, F_n(x)], \quad \textstyle\sum_i F_i(x) \quad \text{or} \quad \tfrac1n \sum_i F_i(x)`,
  source: 'Szegedy et al., “Going deeper with convolutions”, CVPR 2015, section 4',
  branches: ({ branches }) =>
    branches.map((layers, index) => ({ path: `branches.${index}`, name: String(index + 1), layers })),
  outputShape: ({ join }, _input, outputs = []) => joinedShape(join, outputs),
  parameters: () => [],
  build: ({ config, input, branch }) =>
    joins[config.join](config.branches.map((_, index) => branch(index, input))),
}

import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { LabError } from '../errors/lab-error'
import { add, concat, gather, greater, minimum, reshape, slice, where } from '../graph/ops'
import { widthOf } from './affine'
import type { LayerKind } from './layer'

const schema = z.strictObject({
  vocabulary: z.int().min(1).max(1_000_000).default(1000).meta({
    label: 'Vocabulary',
    help: 'How many ids there are: 0 up to this less 1. Ids beyond either end count as the nearest one.',
  }),
  dimensions: z.int().min(1).max(4096).default(8).meta({
    label: 'Dimensions',
    help: 'How many numbers stand for each id.',
  }),
  column: z.int().min(0).max(1_000_000).default(0).meta({
    label: 'Column',
    help: 'Which input is the id, counted from 1; the others pass on as they are, and what is looked up comes after them. Columns encoded as codes are the first inputs; where there are several, look up the last of them first. 0: every input is an id.',
  }),
})

/** @throws LabError `layer-setting` for a column beyond the last input */
function checkColumn(column: number, width: number): void {
  if (column <= width) return
  throw new LabError({
    code: 'layer-setting',
    expected: `the number of an input, up to ${width}, or 0 for all`,
    came: String(column),
    advice:
      'Count the inputs that the data gives: a number is one, a category one for each value or one code.',
  })
}

/**
 * [n] ids -> [n, dimensions], or with one id among n inputs [n - 1 + dimensions]. Numbers are rounded to the nearest id and held within the vocabulary, since new data may
 * bring anything; what is not a number counts as id 0. Adding a half and cutting off rounds: `gather` drops fractions.
 */
export const embedding: LayerKind<z.output<typeof schema>> = {
  type: 'embedding',
  order: 500,
  label: 'Embedding',
  help: 'Looks up a learned list of numbers for each id. For columns of token ids or categories encoded as codes: whole numbers from 0, without scaling. A category needs one id more than it has values, for those never seen.',
  group: 'Sequence',
  schema,
  idInputs: ({ column }) => (column ? column - 1 : 'all'),
  formula: String.raw`y_{i} = E_{k_i}, \quad E \in \mathbb{R}^{n_\text{ids} \times d}, \quad k_i = \min(\max(\operatorname{round}(x_i), 0), n_\text{ids} - 1)`,
  source:
    'Bengio, Ducharme, Vincent, Jauvin, “A neural probabilistic language model”, JMLR 3 (2003), section 2; starts normal with deviation 1 as PyTorch’s Embedding',
  outputShape({ dimensions, column }, input) {
    const width = widthOf(input)
    checkColumn(column, width)
    return column ? [width - 1 + dimensions] : [width, dimensions]
  },
  parameters: ({ vocabulary, dimensions }) => [
    // A fan of 1 gives a deviation of 1. Max-norm holds each id's list small, as that of PyTorch's Embedding does.
    {
      name: 'table',
      shape: [vocabulary, dimensions],
      initializer: 'lecun-normal',
      fanIn: 1,
      fanOut: dimensions,
      unitAxis: 0,
    },
  ],
  build({ config: { column, ...size }, input, parameter }) {
    const [batch, width] = input.shape as [number, number]
    if (!column) return reshape(lookUp(size, input, parameter('table')), [batch, width, size.dimensions])
    const id = slice(input, [0, column - 1], [batch, 1])
    const before = column > 1 ? [slice(input, [0, 0], [batch, column - 1])] : []
    const after = column < width ? [slice(input, [0, column], [batch, width - column])] : []
    return concat([...before, ...after, lookUp(size, id, parameter('table'))], 1)
  },
}

/** [batch, n] ids -> [batch * n, dimensions] */
function lookUp({ vocabulary }: { vocabulary: number }, ids: Tensor, table: Tensor): Tensor {
  const raised = add(reshape(ids, [ids.shape[0]! * ids.shape[1]!]), 0.5)
  const held = where(greater(raised, 0), minimum(raised, vocabulary - 0.5), 0)
  return gather(table, held)
}

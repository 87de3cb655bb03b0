import { z } from 'zod'
import { add, gather, greater, minimum, reshape, where } from '../graph/ops'
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
})

/**
 * [n] ids -> [n, dimensions]. Numbers are rounded to the nearest id and held within the vocabulary, since new data may
 * bring anything; what is not a number counts as id 0. Adding a half and cutting off rounds: `gather` drops fractions.
 */
export const embedding: LayerKind<z.output<typeof schema>> = {
  type: 'embedding',
  order: 500,
  label: 'Embedding',
  help: 'Looks up a learned list of numbers for each id. For columns of token ids or category codes: whole numbers from 0, without scaling.',
  group: 'Sequence',
  schema,
  formula: String.raw`y_{i} = E_{k_i}, \quad E \in \mathbb{R}^{n_\text{ids} \times d}, \quad k_i = \min(\max(\operatorname{round}(x_i), 0), n_\text{ids} - 1)`,
  source:
    'Bengio, Ducharme, Vincent, Jauvin, “A neural probabilistic language model”, JMLR 3 (2003), section 2; starts normal with deviation 1 as PyTorch’s Embedding',
  outputShape: ({ dimensions }, input) => [widthOf(input), dimensions],
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
  build({ config: { vocabulary, dimensions }, input, parameter }) {
    const raised = add(reshape(input, [input.shape[0]! * input.shape[1]!]), 0.5)
    const held = where(greater(raised, 0), minimum(raised, vocabulary - 0.5), 0)
    return reshape(gather(parameter('table'), held), [...input.shape, dimensions])
  },
}

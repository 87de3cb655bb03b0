import { z } from 'zod'
import type { Graph, Tensor } from '../graph/graph'
import { broadcast, constant, matmul, multiply, reshape, transpose, where } from '../graph/ops'
import { softmax } from '../graph/softmax'
import { checkDivides } from './divides'
import { dropped } from './dropout'
import { sequenceOf } from './last-axis'
import type { LayerKind, ParameterSpec } from './layer'
import { project } from './project'

const schema = z.strictObject({
  heads: z.int().min(1).max(256).default(1).meta({
    label: 'Heads',
    help: 'How many ways of looking there are side by side; the number of features must be a multiple of it.',
  }),
  causal: z.boolean().default(false).meta({
    label: 'Causal',
    help: 'Each step sees itself and earlier steps only, as when the next one is to be predicted.',
  }),
  dropout: z.number().min(0).lt(1).default(0).meta({
    label: 'Dropout',
    help: 'Share of the attention weights that are set to 0 in each step of training, the others scaled up; 0 turns it off.',
    advanced: true,
    changeable: true,
  }),
})

const parts = ['query', 'key', 'value', 'output'] as const

/** So far below every score that its exponential is exactly 0. */
const hidden = -1e30

/** [batch, steps, features] -> [batch, heads, steps, features / heads] */
function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch, steps, features] = x.shape as [number, number, number]
  return transpose(reshape(x, [batch, steps, heads, features / heads]), [0, 2, 1, 3])
}

const joinHeads = (x: Tensor, shape: readonly number[]): Tensor => reshape(transpose(x, [0, 2, 1, 3]), shape)

/** 1 where row t may look at column s: s <= t. */
const pastOf = (graph: Graph, steps: number): Tensor =>
  constant(
    graph,
    Array.from({ length: steps * steps }, (_, at) => (at % steps <= Math.floor(at / steps) ? 1 : 0)),
    [1, 1, steps, steps],
  )

/** softmax(Q K^T / sqrt(d)) for each head: [batch, heads, steps, steps] */
function attention(query: Tensor, key: Tensor, causal: boolean): Tensor {
  const [steps, size] = query.shape.slice(-2) as [number, number]
  const scores = multiply(matmul(query, key, false, true), 1 / Math.sqrt(size))
  const seen = causal ? where(broadcast(pastOf(scores.graph, steps), scores.shape), scores, hidden) : scores
  return softmax(seen)
}

/** [steps, features] -> the same shape */
export const selfAttention: LayerKind<z.output<typeof schema>> = {
  type: 'self-attention',
  order: 520,
  label: 'Self-attention',
  help: 'Each step gathers from all steps what matters to it. The heart of transformers: put it in a residual block, with a positional encoding before.',
  group: 'Sequence',
  schema,
  formula: String.raw`Y = \left[ \operatorname{softmax}\!\left( \frac{Q_h K_h^\top}{\sqrt{d_h}} \right) V_h \right]_{h=1}^{H} W_o + b_o, \quad Q = X W_q + b_q,\ K = X W_k + b_k,\ V = X W_v + b_v`,
  source:
    'Vaswani et al., “Attention is all you need”, NeurIPS 2017, equation 1 and section 3.2.2; as PyTorch’s MultiheadAttention, weights transposed and apart; dropout of the softmax’s numbers as there',
  outputShape({ heads }, input) {
    checkDivides('heads', heads, sequenceOf(input).features, 'features')
    return input
  },
  parameters(_config, input) {
    const { features } = sequenceOf(input)
    const fan = { fanIn: features, fanOut: features }
    return parts.flatMap((part): ParameterSpec[] => [
      {
        name: `${part}Weights`,
        shape: [features, features],
        initializer: 'glorot-uniform',
        ...fan,
        unitAxis: 1,
      },
      { name: `${part}Bias`, shape: [features], initializer: 'zeros', ...fan },
    ])
  },
  build({ config: { heads, causal, dropout: rate }, input, parameter, training, random }) {
    const made = (x: Tensor, part: (typeof parts)[number]): Tensor =>
      project(x, parameter(`${part}Weights`), parameter(`${part}Bias`))
    const head = (part: (typeof parts)[number]): Tensor => splitHeads(made(input, part), heads)
    const weights = attention(head('query'), head('key'), causal)
    const kept = training ? dropped(weights, rate, random) : weights
    return made(joinHeads(matmul(kept, head('value')), input.shape), 'output')
  },
}

import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, greater, matmul, multiply, tanh } from '../graph/ops'
import type { LayerKind } from './layer'
import { recurrent, recurrentFields, recurrentParameters, recurrentShape, type Cell } from './recurrent'

const schema = z.strictObject({
  ...recurrentFields(),
  activation: z.enum(['tanh', 'relu']).default('tanh').meta({
    label: 'Activation',
    help: 'What the new memory goes through; ReLU remembers longer but can grow without bound.',
    advanced: true,
  }),
})

type SimpleConfig = z.output<typeof schema>

const activations: Record<SimpleConfig['activation'], (x: Tensor) => Tensor> = {
  tanh,
  relu: (x) => multiply(x, greater(x, 0)),
}

const cell: Cell<SimpleConfig> = {
  gates: 1,
  addsBias: true,
  step({ activation }, driven, before, { recurrentWeights }) {
    const sum = before ? add(driven, matmul(before.hidden, recurrentWeights)) : driven
    return { hidden: activations[activation](sum) }
  },
}

/** [steps, features] -> [units], or [steps, units] */
export const simpleRnn: LayerKind<SimpleConfig> = {
  type: 'simple-rnn',
  order: 530,
  label: 'Simple RNN',
  help: 'Reads a sequence step by step and mixes each step into its memory. Forgets after about ten steps; take GRU or LSTM for more.',
  group: 'Sequence',
  schema,
  formula: String.raw`h_t = \tanh(x_t W + b + h_{t-1} U + d), \quad h_0 = 0`,
  source:
    'Elman, “Finding structure in time”, Cognitive Science 14 (1990); as PyTorch’s RNN, with two biases, weights transposed; it starts as in Keras: Glorot uniform, orthogonal recurrent weights, biases 0',
  outputShape: recurrentShape,
  parameters: (config, input) => recurrentParameters(cell, config, input),
  build: (context) => recurrent(cell, context),
}

import { z } from 'zod'
import { add, broadcast, matmul, multiply, negate, sigmoid, subtract, tanh } from '../graph/ops'
import type { LayerKind } from './layer'
import { gate, recurrent, recurrentFields, recurrentParameters, recurrentShape, type Cell } from './recurrent'

const schema = z.strictObject(recurrentFields())

/** Columns: reset, update, new. The reset gate acts after the recurrent product and its bias. */
const cell: Cell<z.output<typeof schema>> = {
  gates: 3,
  addsBias: false,
  step({ units }, driven, before, { recurrentWeights, recurrentBias }) {
    const product = before && matmul(before.hidden, recurrentWeights)
    const recalled = product ? add(product, recurrentBias) : broadcast(recurrentBias, driven.shape)
    const together = add(driven, recalled)
    const [reset, update] = [0, 1].map((i) => sigmoid(gate(together, i, units)))
    const fresh = tanh(add(gate(driven, 2, units), multiply(reset!, gate(recalled, 2, units))))
    const kept = before ? subtract(before.hidden, fresh) : negate(fresh)
    return { hidden: add(fresh, multiply(update!, kept)) }
  },
}

/** [steps, features] -> [units], or [steps, units] */
export const gru: LayerKind<z.output<typeof schema>> = {
  type: 'gru',
  order: 540,
  label: 'GRU',
  help: 'Reads a sequence with gates that decide what to keep and what to replace. A good first choice for sequences; smaller than LSTM.',
  group: 'Sequence',
  schema,
  formula: String.raw`\begin{aligned} r &= \sigma(x_t W_r + b_r + h U_r + d_r), & z &= \sigma(x_t W_z + b_z + h U_z + d_z), \\ n &= \tanh(x_t W_n + b_n + r (h U_n + d_n)), & h_t &= (1 - z)\, n + z\, h \end{aligned}`,
  source:
    'Cho et al., “Learning phrase representations using RNN encoder-decoder”, EMNLP 2014, equations 5 to 8; as PyTorch’s GRU: gates r, z, n, reset after the product, weights transposed; it starts as in Keras: Glorot uniform, orthogonal recurrent weights, biases 0',
  outputShape: recurrentShape,
  parameters: (config, input) => recurrentParameters(cell, config, input),
  build: (context) => recurrent(cell, context),
}

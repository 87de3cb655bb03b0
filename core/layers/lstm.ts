import { z } from 'zod'
import { add, matmul, multiply, sigmoid, tanh } from '../graph/ops'
import type { LayerKind } from './layer'
import { gate, recurrent, recurrentFields, recurrentParameters, recurrentShape, type Cell } from './recurrent'

const schema = z.strictObject(recurrentFields())

/** Columns: input, forget, cell, output. */
const cell: Cell<z.output<typeof schema>> = {
  gates: 4,
  addsBias: true,
  openGate: 1,
  step({ units }, driven, before, { recurrentWeights }) {
    const sum = before ? add(driven, matmul(before.hidden, recurrentWeights)) : driven
    const [taken, kept, fresh, shown] = [sigmoid, sigmoid, tanh, sigmoid].map((f, i) =>
      f(gate(sum, i, units)),
    )
    const added = multiply(taken!, fresh!)
    const now = before?.cell ? add(multiply(kept!, before.cell), added) : added
    return { hidden: multiply(shown!, tanh(now)), cell: now }
  },
}

/** [steps, features] -> [units], or [steps, units] */
export const lstm: LayerKind<z.output<typeof schema>> = {
  type: 'lstm',
  order: 550,
  label: 'LSTM',
  help: 'Reads a sequence with a memory of its own beside its output, guarded by gates. Remembers longest of the recurrent layers.',
  group: 'Sequence',
  schema,
  formula: String.raw`\begin{aligned} [i, f, g, o] &= [\sigma, \sigma, \tanh, \sigma](x_t W + b + h_{t-1} U + d), \\ c_t &= f c_{t-1} + i g, \quad h_t = o \tanh c_t \end{aligned}`,
  source:
    'Hochreiter and Schmidhuber, “Long short-term memory”, Neural Computation 9 (1997), with the forget gate of Gers 2000; as PyTorch’s LSTM: gates i, f, g, o, two biases, weights transposed; it starts as in Keras: Glorot uniform, orthogonal recurrent weights, a forget bias of 1 as of Jozefowicz 2015',
  outputShape: recurrentShape,
  parameters: (config, input) => recurrentParameters(cell, config, input),
  build: (context) => recurrent(cell, context),
}

import { add, constant } from '../graph/ops'
import { cos } from '../numerics/cos'
import { exp } from '../numerics/exp'
import { log } from '../numerics/log'
import { noSettings } from './activation'
import { sequenceOf } from './last-axis'
import type { LayerKind } from './layer'

/** Our own cosine, so that the numbers are the same on every machine. */
const sin = (x: number): number => (x === 0 ? 0 : cos(x - Math.PI / 2))

/** Feature 2i is sin(t / 10000^(2i / features)), feature 2i + 1 the cosine of the same. */
function waves(steps: number, features: number): number[] {
  return Array.from({ length: steps * features }, (_, at) => {
    const feature = at % features
    const even = feature - (feature % 2)
    const angle = Math.floor(at / features) * exp((-even / features) * log(10_000))
    return feature % 2 ? cos(angle) : sin(angle)
  })
}

/** [steps, features] -> the same shape */
export const positionalEncoding: LayerKind = {
  type: 'positional-encoding',
  order: 510,
  label: 'Positional encoding',
  help: 'Adds a pattern of waves that tells each step its place in the sequence. Goes before attention, which else cannot tell order.',
  group: 'Sequence',
  schema: noSettings,
  formula: String.raw`y_{t,2i} = x_{t,2i} + \sin \frac{t}{10000^{2i/d}}, \quad y_{t,2i+1} = x_{t,2i+1} + \cos \frac{t}{10000^{2i/d}}`,
  source: 'Vaswani et al., “Attention is all you need”, NeurIPS 2017, section 3.5',
  outputShape(_config, input) {
    sequenceOf(input)
    return input
  },
  parameters: () => [],
  build({ input }) {
    const [steps, features] = input.shape.slice(1) as [number, number]
    return add(input, constant(input.graph, waves(steps, features), [steps, features]))
  },
}

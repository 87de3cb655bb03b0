import { z } from 'zod'
import { add, greater, multiply, where } from '../graph/ops'
import type { LayerKind } from './layer'

const schema = z.strictObject({
  rate: z.number().min(0).lt(1).default(0.1).meta({
    label: 'Rate',
    help: 'Share of the numbers that are silenced in each step of training; 0 turns it off.',
    changeable: true,
  }),
})

/** What SELU gives for very negative numbers: -scale * alpha. */
const silence = -1.7580993408473766

/** Keeps mean 0 and variance 1: y = a (x or silence) + b. */
export const alphaDropout: LayerKind<z.output<typeof schema>> = {
  type: 'alpha-dropout',
  order: 114,
  label: 'Alpha dropout',
  help: 'Dropout for SELU: silenced units get its lowest value instead of 0, and mean and variance stay as they are.',
  group: 'Regularization',
  schema,
  formula: String.raw`y = a\, (u < p\ ?\ \alpha' : x) + b, \quad a = \left((1 - p)(1 + p\, \alpha'^2)\right)^{-1/2},\ b = -a\, p\, \alpha',\ \alpha' \approx -1.758`,
  source:
    'Klambauer, Unterthiner, Mayr, Hochreiter, “Self-normalizing neural networks”, NeurIPS 2017, section “New dropout technique”; as PyTorch’s AlphaDropout',
  outputShape: (_config, input) => input,
  parameters: () => [],
  build({ config: { rate }, input, training, random }) {
    if (!training || rate === 0) return input
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * silence * silence))
    const mixed = where(greater(rate, random(input.shape)), silence, input)
    return add(multiply(mixed, a), -a * rate * silence)
  },
}

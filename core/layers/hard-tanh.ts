import { z } from 'zod'
import { activation } from './activation'
import { clamp } from './clamp'

const schema = z.strictObject({
  minimum: z.number().min(-1000).max(0).default(-1).meta({
    label: 'Minimum',
    help: 'What smaller numbers become.',
  }),
  maximum: z.number().gt(0).max(1000).default(1).meta({
    label: 'Maximum',
    help: 'What larger numbers become.',
  }),
})

export const hardTanh = activation<z.output<typeof schema>>({
  type: 'hard-tanh',
  order: 84,
  label: 'Hard tanh',
  help: 'Tanh made of straight lines: numbers between −1 and 1 pass, the rest is cut off.',
  schema,
  formula: String.raw`y = \min(\max(x, a), b), \quad a = -1,\ b = 1`,
  source:
    'Collobert, “Large scale machine learning”, PhD thesis, Paris 2004; as PyTorch’s Hardtanh, with derivative 0 at both ends',
  apply: (x, { minimum, maximum }) => clamp(x, minimum, maximum),
})

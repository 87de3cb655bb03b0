import { z } from 'zod'
import type { FillKind } from '../preparation'
import { mostFrequentOf } from '../statistics'

export const mostFrequent: FillKind = {
  type: 'most-frequent',
  order: 30,
  label: 'Most frequent',
  help: 'A missing cell gets the value that most training rows have; of several, the first in order.',
  schema: z.strictObject({}),
  formula: String.raw`x_{\text{missing}} = \arg\max_v \, \#\{ i : x_i = v \}`,
  source: 'scikit-learn’s SimpleImputer, strategy “most_frequent”',
  types: ['number', 'boolean', 'date', 'category'],
  number: mostFrequentOf,
  word: (levels, counts) => {
    let best = -1
    for (let i = 0; i < counts.length; i++) if (counts[i]! > (best < 0 ? 0 : counts[best]!)) best = i
    return levels[best] ?? null
  },
}

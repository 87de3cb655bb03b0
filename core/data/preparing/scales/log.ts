import { z } from 'zod'
import { expm1, log1p } from '../../../numerics/near-one'
import type { ScaleKind } from '../preparation'
import { meanOf, spreadOf } from '../statistics'
import type { Linear } from './linear'

interface Log extends Record<string, unknown> {
  readonly standardize: boolean
}

export const log: ScaleKind<Log, Linear> = {
  type: 'log',
  order: 40,
  label: 'Logarithm',
  help: 'For amounts that differ by factors, such as prices or counts: log(1 + x), then mean 0 and deviation 1. Defined for values above −1.',
  schema: z.strictObject({
    standardize: z.boolean().default(true).meta({
      label: 'Standardize',
      help: 'Brings the logarithms to mean 0 and standard deviation 1; otherwise they stay as they are.',
    }),
  }),
  formula: String.raw`y = \frac{\log(1 + x) - \mu}{\sigma}, \quad x > -1`,
  source: 'NumPy’s log1p, then scikit-learn’s StandardScaler',
  types: ['number'],
  found: z.strictObject({ offset: z.number(), factor: z.number() }),
  forTarget: true,
  domain: { words: 'values above -1', holds: (value) => value > -1 },
  fit: (values, { standardize }) => {
    if (!standardize) return { offset: 0, factor: 1 }
    const logs = values.map(log1p)
    const offset = meanOf(logs)
    return { offset, factor: spreadOf(logs, offset) }
  },
  apply: (values, count, { offset, factor }) => {
    for (let i = 0; i < count; i++) values[i] = (log1p(values[i]!) - offset) / factor
  },
  invert: (values, count, { offset, factor }) => {
    for (let i = 0; i < count; i++) values[i] = expm1(values[i]! * factor + offset)
  },
}

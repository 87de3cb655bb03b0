import { z } from 'zod'
import { sortNumbers } from '../../../numerics/sort-numbers'
import { normalProbability, normalQuantile } from '../../../numerics/normal'
import type { ScaleKind } from '../preparation'
import { quantileOf, valueAt } from '../statistics'

interface Quantile extends Record<string, unknown> {
  readonly shape: 'normal' | 'uniform'
  readonly quantiles: number
}

interface Ranks extends Record<string, unknown> {
  readonly shape: 'normal' | 'uniform'
  /** Ascending: the lowest value, ..., the highest, with equal shares of the rows between them. */
  readonly quantiles: readonly number[]
}

/** The lowest value would become minus infinity: 5.2 deviations are far enough. */
const farthest = 1e-7 - 2 ** -52

export const quantile: ScaleKind<Quantile, Ranks> = {
  type: 'quantile',
  order: 70,
  label: 'Quantile',
  help: 'By rank alone: the training rows become evenly spread or a bell curve, whatever their shape was. Outliers lose their distance; values beyond those of training become the limit.',
  schema: z.strictObject({
    shape: z
      .enum(['normal', 'uniform'])
      .default('normal')
      .meta({ label: 'Shape', help: 'Normal: a bell curve around 0. Uniform: evenly from 0 to 1.' }),
    quantiles: z
      .int()
      .min(2)
      .max(1000)
      .default(1000)
      .meta({ label: 'Quantiles', help: 'Values kept; between two of them it is linear.' }),
  }),
  formula: String.raw`y = \Phi^{-1}(F_n(x)) \;\text{ or }\; y = F_n(x)`,
  source: 'scikit-learn’s QuantileTransformer',
  types: ['number', 'date'],
  found: z.strictObject({ shape: z.enum(['normal', 'uniform']), quantiles: z.array(z.number()).min(1) }),
  forTarget: false,
  fit: (values, { shape, quantiles }) => {
    const sorted = sortNumbers(values)
    const count = Math.max(1, Math.min(quantiles, sorted.length))
    // Whole places are exact, so that equal values stay equal.
    const place = (i: number): number => (count > 1 ? (i * (sorted.length - 1)) / (count - 1) : 0)
    return { shape, quantiles: Array.from({ length: count }, (_, i) => valueAt(sorted, place(i))) }
  },
  apply: (values, count, { shape, quantiles }) => {
    const known = Float64Array.from(quantiles)
    for (let i = 0; i < count; i++) {
      const rank = rankOf(values[i]!, known)
      values[i] =
        shape === 'uniform' ? rank : normalQuantile(Math.min(Math.max(rank, farthest), 1 - farthest))
    }
  },
  invert: (values, count, { shape, quantiles }) => {
    const known = Float64Array.from(quantiles)
    for (let i = 0; i < count; i++)
      values[i] = quantileOf(
        known,
        Math.min(Math.max(shape === 'uniform' ? values[i]! : normalProbability(values[i]!), 0), 1),
      )
  },
}

/** From 0 to 1; of values that share several ranks, the middle. */
function rankOf(x: number, known: Float64Array): number {
  const last = known.length - 1
  if (last === 0) return 0.5
  const first = firstFrom(known, x, false)
  const after = firstFrom(known, x, true)
  if (after > first) return first === 0 ? 0 : after > last ? 1 : (first + after - 1) / 2 / last
  if (first === 0) return 0
  if (first > last) return 1
  const below = known[first - 1]!
  return (first - 1 + (x - below) / (known[first]! - below)) / last
}

/** The first place whose value is at least (or, `above`, more than) x. */
function firstFrom(known: Float64Array, x: number, above: boolean): number {
  let [low, high] = [0, known.length]
  while (low < high) {
    const at = (low + high) >> 1
    if (known[at]! < x || (above && known[at] === x)) low = at + 1
    else high = at
  }
  return low
}

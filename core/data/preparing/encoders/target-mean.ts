import { z } from 'zod'
import { createRandom } from '../../../random/create-random'
import type { LevelCells, LevelEncoder, TrainingTarget } from '../preparation'

interface TargetMean extends Record<string, unknown> {
  readonly smoothing: number
  readonly folds: number
  readonly seed: number
}

interface Means extends Record<string, unknown> {
  readonly names: readonly string[]
  /** [levels + 1][names], the last for a level never seen: the mean of all. */
  readonly means: readonly (readonly number[])[]
}

export const targetMean: LevelEncoder<TargetMean, Means> = {
  type: 'target-mean',
  order: 70,
  label: 'Mean of the target',
  help: 'One input: the mean of the target over the training rows of the category, drawn towards the mean of all where rows are few; then scaled. A training row gets it from the other folds, so that its own target does not leak. One input for each class where there are more than two.',
  schema: z.strictObject({
    smoothing: z.number().min(0).default(10).meta({
      label: 'Smoothing',
      help: 'Rows with the mean of all that each category is mixed with.',
    }),
    folds: z.int().min(2).max(100).default(5).meta({
      label: 'Folds',
      help: 'Parts of the training rows: each gets the means of the others.',
    }),
    seed: z.int().min(0).max(4294967295).default(1).meta({
      label: 'Seed',
      help: 'Shares the training rows out to the folds.',
      advanced: true,
    }),
  }),
  formula: String.raw`y(c) = \frac{\sum_{i : x_i = c} t_i + m\, \bar t}{n_c + m}`,
  source:
    'Micci-Barreca, “A Preprocessing Scheme for High-Cardinality Categorical Attributes”, 2001; cross-fitted as scikit-learn’s TargetEncoder',
  types: ['category'],
  takes: 'levels',
  found: z.strictObject({ names: z.array(z.string()), means: z.array(z.array(z.number())) }),
  scaled: true,
  fit: (cells, { smoothing }) => {
    const target = cells.target()
    const width = target.names.length
    const all = smoothedMeans(totalsOf(cells, target), smoothing)
    const means = Array.from({ length: cells.levels.length + 1 }, (_, level) =>
      Array.from(all.subarray(level * width, (level + 1) * width)),
    )
    return { names: target.names, means }
  },
  inputNames: (column, { names }) => names.map((name) => `${column}: ${name}`),
  table: ({ means }) => Float64Array.from(means.flat()),
  crossFitted: (cells, { folds, smoothing, seed }) => {
    const target = cells.target()
    const width = target.names.length
    const foldOf = shareOut(cells.places.length, folds, seed)
    const all = totalsOf(cells, target)
    const out = new Float64Array(cells.places.length * width)
    for (let fold = 0; fold < folds; fold++) {
      const own = totalsOf(cells, target, (row) => foldOf[row] === fold)
      const means = smoothedMeans(difference(all, own), smoothing)
      for (let row = 0; row < cells.places.length; row++)
        if (foldOf[row] === fold)
          for (let k = 0; k < width; k++) out[row * width + k] = means[cells.places[row]! * width + k]!
    }
    return out
  },
}

/** Fold of each row, as even as can be. */
function shareOut(rows: number, folds: number, seed: number): Uint8Array {
  const foldOf = new Uint8Array(rows)
  const order = createRandom(seed).split('target-mean').permutation(rows)
  for (let i = 0; i < rows; i++) foldOf[order[i]!] = Math.floor((i * folds) / rows)
  return foldOf
}

/** Rows and sums of the target for each level, and one more for rows of none. */
interface Totals {
  readonly width: number
  readonly counts: Float64Array
  readonly sums: Float64Array
}

function totalsOf(
  { levels, places }: LevelCells,
  { names, values }: TrainingTarget,
  takes: (row: number) => boolean = () => true,
): Totals {
  const width = names.length
  const counts = new Float64Array(levels.length + 1)
  const sums = new Float64Array(counts.length * width)
  for (let row = 0; row < places.length; row++) {
    if (!takes(row)) continue
    const place = places[row]!
    counts[place]!++
    for (let k = 0; k < width; k++) sums[place * width + k]! += values[row * width + k]!
  }
  return { width, counts, sums }
}

const difference = (all: Totals, own: Totals): Totals => ({
  width: all.width,
  counts: all.counts.map((count, i) => count - own.counts[i]!),
  sums: all.sums.map((sum, i) => sum - own.sums[i]!),
})

/** [levels + 1, names]; what has no row of its own gets the mean of all. */
function smoothedMeans({ width, counts, sums }: Totals, smoothing: number): Float64Array {
  const rows = counts.reduce((sum, count) => sum + count, 0)
  const means = new Float64Array(sums.length)
  for (let k = 0; k < width; k++) {
    let total = 0
    for (let at = k; at < sums.length; at += width) total += sums[at]!
    const prior = rows ? total / rows : 0
    for (let level = 0; level < counts.length; level++) {
      const weight = counts[level]! + smoothing
      const known = level < counts.length - 1 && counts[level]! > 0
      means[level * width + k] = known ? (sums[level * width + k]! + smoothing * prior) / weight : prior
    }
  }
  return means
}

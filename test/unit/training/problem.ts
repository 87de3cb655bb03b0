import type { PreparedData, TargetTransform } from '../../../core/data/prepared'
import { experimentSchema, type Experiment, type ExperimentInput } from '../../../core/experiment/schema'
import { createRandom } from '../../../core/random/create-random'

/** Rows of two noisy classes (or a line), made without any file; deterministic. */
export function makeData(kind: 'category' | 'binary' | 'number', rows = 90): PreparedData {
  const random = createRandom(12)
  const classes = ['a', 'b', 'c']
  const target: TargetTransform =
    kind === 'category'
      ? { type: 'category', column: 'y', classes, scale: { type: 'none' } }
      : kind === 'binary'
        ? { type: 'binary', column: 'y', classes: ['no', 'yes'], scale: { type: 'none' } }
        : { type: 'number', column: 'y', scale: { type: 'standard', offset: 10, factor: 4 } }
  const units = kind === 'category' ? 3 : 1
  const features = new Float32Array(rows * 2)
  const targets = new Float32Array(rows * units)
  for (let row = 0; row < rows; row++) {
    const label = row % (kind === 'category' ? 3 : 2)
    const x = random.normal() * 0.5 + Math.cos(label * 2)
    const y = random.normal() * 0.5 + Math.sin(label * 2)
    features.set([x, y], row * 2)
    if (kind === 'category') targets[row * 3 + label] = 1
    else targets[row] = kind === 'binary' ? label : 0.5 * x - y + 0.1 * random.normal()
  }
  const order = createRandom(1).permutation(rows)
  const cut = [Math.round(rows * 0.6), Math.round(rows * 0.8)] as const
  return {
    preprocessing: {
      version: 2,
      features: ['x', 'y'].map((column, start) => ({
        column,
        type: 'number',
        fill: 0,
        encode: { type: 'number' },
        start,
        width: 1,
      })),
      width: 2,
      inputNames: ['x', 'y'],
      target,
    },
    features: { rows, width: 2, values: features },
    targets: { rows, width: units, values: targets },
    splits: {
      train: order.slice(0, cut[0]),
      validation: order.slice(cut[0], cut[1]),
      test: order.slice(cut[1]),
    },
    fileRows: Uint32Array.from({ length: rows }, (_, i) => i + 1),
  }
}

export function makeExperiment(changes: Partial<ExperimentInput> = {}): Experiment {
  return experimentSchema.parse({
    nabla: 1,
    data: { source: 'made.csv' },
    network: [{ type: 'dense', units: 8 }, { type: 'tanh' }, { type: 'output' }],
    optimizer: { type: 'adam', learningRate: 0.02 },
    training: { epochs: 12, batchSize: 16, seed: 5 },
    ...changes,
  })
}

/** A clock that ticks a tenth of a second each time it is read. */
export function tickingClock(): () => number {
  let now = 0
  return () => (now += 0.1)
}

import type { PreparedData, Preprocessing, TargetTransform } from '../../data/prepared'
import type { Experiment } from '../../experiment/schema'
import { parseExperiment } from '../../experiment/read'
import { createRandom } from '../../random/create-random'

/** A network to time, on made-up data: speed does not depend on what the numbers mean. */
export interface BenchSize {
  readonly name: string
  readonly inputs: number
  readonly hidden: readonly number[]
  readonly units: number
  readonly batch: number
  readonly rows: number
}

/** A handful of measurements, a wide table, and handwritten digits. */
export const benchSizes: readonly BenchSize[] = [
  { name: '4-16-3', inputs: 4, hidden: [16], units: 3, batch: 32, rows: 96 },
  { name: '30-128-64-1', inputs: 30, hidden: [128, 64], units: 1, batch: 128, rows: 1280 },
  { name: '784-256-128-10', inputs: 784, hidden: [256, 128], units: 10, batch: 128, rows: 1280 },
]

/** Dense layers with ReLU between them, and Adam. */
export const experimentOf = ({ name, hidden, batch }: BenchSize): Experiment =>
  parseExperiment({
    nabla: 1,
    name,
    data: { source: 'made up' },
    network: [...hidden.flatMap((units) => [{ type: 'dense', units }, { type: 'relu' }]), { type: 'output' }],
    optimizer: { type: 'adam', learningRate: 0.001 },
    training: { batchSize: batch },
  })

/** Seeded normal inputs, and targets that are drawn without regard to them. */
export function madeUpData({ inputs, units, rows }: BenchSize): PreparedData {
  const random = createRandom(1)
  const features = Float32Array.from({ length: rows * inputs }, () => random.normal())
  const targets = new Float32Array(rows * units)
  for (let row = 0; row < rows; row++)
    if (units === 1) targets[row] = random.integer(2)
    else targets[row * units + random.integer(units)] = 1
  const all = Uint32Array.from({ length: rows }, (_, row) => row)
  const none = new Uint32Array()
  return {
    preprocessing: preprocessingOf(inputs, units),
    features: { rows, width: inputs, values: features },
    targets: { rows, width: units, values: targets },
    splits: { train: all, validation: none, test: none },
    fileRows: all.map((row) => row + 1),
  }
}

function preprocessingOf(inputs: number, units: number): Preprocessing {
  const names = Array.from({ length: inputs }, (_, i) => `x${i + 1}`)
  const classes = Array.from({ length: units }, (_, i) => String(i))
  const target: TargetTransform =
    units === 1
      ? { type: 'binary', column: 'y', classes: ['0', '1'], offset: 0, factor: 1 }
      : { type: 'category', column: 'y', classes, offset: 0, factor: 1 }
  return {
    version: 1,
    features: names.map((column, start) => ({
      column,
      type: 'number',
      fill: 0,
      offset: 0,
      factor: 1,
      start,
      width: 1,
    })),
    width: inputs,
    inputNames: names,
    target,
  }
}

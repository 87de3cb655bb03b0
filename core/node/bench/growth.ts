import { createRandom } from '../../random/create-random'
import { prepareSteps } from '../../training/steps'
import { chooseBackend } from '../backend'
import { preparedOf } from './workload-data'
import { denseWorkload, experimentOf, type Workload } from './workloads'
import type { Recipe } from './recipes'

/** One thing that a network or its data can have more of. */
export interface GrowthAxis {
  readonly id: string
  readonly title: string
  readonly values: readonly number[]
  readonly workload: (value: number) => Workload
}

export interface GrowthPoint {
  readonly value: number
  /** Of one training step, with shuffling and the copying of rows; of the fastest run. */
  readonly seconds: number
  /** Floating-point operations of the step's products. */
  readonly flops: number
}

export interface Growth extends Omit<GrowthAxis, 'values' | 'workload'> {
  readonly points: readonly GrowthPoint[]
}

const noise: Recipe = (rows, random) => ({
  features: Float32Array.from({ length: rows * INPUTS }, () => random.uniform() * 2 - 1),
  targets: Float32Array.from({ length: rows }, () => random.uniform()),
})

const INPUTS = 16

/** A network of dense layers with relu on `INPUTS` columns, with one number to predict. */
const network = (hidden: readonly number[], batchSize: number, rows: number): Workload =>
  denseWorkload({
    ...{ id: 'growth', title: 'growth', task: 'number', widths: [INPUTS, ...hidden, 1], recipe: noise },
    ...{ rows, batchSize, epochs: 1, learningRate: 1e-4 },
  })

const powers = (base: number, from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => base ** (from + i))

/** What else stays as it is: two hidden layers of 64 units, 64 rows a batch, 4096 rows. */
export const growthAxes: readonly GrowthAxis[] = [
  {
    ...{ id: 'width', title: 'Units of two hidden layers', values: powers(2, 3, 11) },
    workload: (units) => network([units, units], 64, 1024),
  },
  {
    ...{ id: 'depth', title: 'Hidden layers of 64 units', values: powers(2, 0, 5) },
    workload: (layers) => network(new Array<number>(layers).fill(64), 64, 4096),
  },
  {
    ...{ id: 'batch', title: 'Rows of a batch', values: powers(2, 0, 12) },
    workload: (rows) => network([64, 64], rows, 4096),
  },
  {
    ...{ id: 'rows', title: 'Training rows', values: [1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6] },
    workload: (rows) => network([64, 64], 64, rows),
  },
]

/** Least seconds of all runs of a point. */
const LENGTH = 0.25

/** @param clock seconds from any start */
export function growthPoint(
  axis: GrowthAxis,
  value: number,
  { backend, clock }: { readonly backend: string; readonly clock: () => number },
): GrowthPoint {
  const workload = axis.workload(value)
  const experiment = experimentOf(workload)
  const data = preparedOf(workload, workload.recipe(workload.rows, createRandom(1)))
  const own = chooseBackend(backend, 1, { experiment, data, clock }).create()
  try {
    const steps = prepareSteps({ experiment, data, backend: own })
    steps.epoch()
    const seconds = fastest(() => steps.epoch(), clock)
    return { value, seconds, flops: flopsOf(workload) }
  } finally {
    own.close?.()
  }
}

/** Seconds of one step in the fastest of several epochs, which is nearest to what the computer can do. */
function fastest(epoch: () => number, clock: () => number): number {
  let best = Infinity
  const begin = clock()
  for (let runs = 0; runs < 3 || clock() - begin < LENGTH; runs++) {
    const from = clock()
    const steps = epoch()
    best = Math.min(best, (clock() - from) / steps)
  }
  return best
}

/** Three products a layer, two for the first, whose inputs need no gradient; 2 operations for each of their terms. */
function flopsOf({ widths = [], batchSize }: Workload): number {
  let terms = 0
  for (let i = 1; i < widths.length; i++) terms += (i === 1 ? 2 : 3) * widths[i - 1]! * widths[i]!
  return 2 * batchSize * terms
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const dense = {
  data: { source: 'sample:iris' },
  network: [
    { type: 'dense', units: 16 },
    { type: 'relu' },
    { type: 'dropout', rate: 0.3 },
    { type: 'dense', units: 8 },
    { type: 'tanh' },
    { type: 'output' },
  ],
  optimizer: { type: 'adam' },
  training: {
    epochs: 40,
    batchSize: 16,
    changes: [
      { epoch: 9, batch: 3, set: { learningRate: 0.003, layers: { 'network.2.rate': 0.1 } } },
      { epoch: 21, set: { batchSize: 8, schedule: { type: 'cosine' } } },
    ],
  },
}

const recurrent = {
  data: { source: 'series.csv', columns: { next: { role: 'target' } } },
  network: [{ type: 'reshape', shape: [-1, 1] }, { type: 'gru', units: 6 }, { type: 'output' }],
  schedule: { type: 'one-cycle' },
  optimizer: { type: 'adam', learningRate: 0.01 },
  training: { epochs: 30, batchSize: 16 },
}

/** Pixels that are blank in every image would be left out, and the rest would be no image. */
const pixels = Object.fromEntries(
  Array.from({ length: 64 }, (_, at) => [`pixel_${Math.floor(at / 8)}_${at % 8}`, { role: 'feature' }]),
)

const convolution = {
  data: {
    source: 'sample:digits',
    columns: { ...pixels, label: { role: 'target', type: 'category' } },
  },
  network: [
    { type: 'reshape', shape: [8, 8, 1] },
    { type: 'conv2d', filters: 4 },
    { type: 'batch-norm' },
    { type: 'relu' },
    { type: 'spatial-dropout', rate: 0.1 },
    { type: 'max-pool2d' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.2 },
    { type: 'output' },
  ],
  training: { epochs: 10, batchSize: 64 },
}

/** Remembers past iterations in float64, keeps statistics, and has a function of its own in each step. */
const quasiNewton = {
  data: { source: 'sample:breast-cancer' },
  network: [
    { type: 'dense', units: 8 },
    { type: 'batch-norm' },
    { type: 'tanh' },
    { type: 'dropout', rate: 0.1 },
    { type: 'output' },
  ],
  optimizer: { type: 'l-bfgs', history: 7 },
  regularization: { l2: 0.001 },
  schedule: { type: 'exponential' },
  training: { epochs: 60 },
}

/** All that a training remembers from one step or epoch to the next. */
const everything = {
  data: { source: 'sample:wine' },
  network: [{ type: 'dense', units: 12 }, { type: 'sigmoid' }, { type: 'output' }],
  optimizer: { type: 'rmsprop', centred: true, momentum: 0.5, learningRate: 0.01 },
  schedule: { type: 'reduce-on-plateau', patience: 1, factor: 0.5, threshold: 0.05, warmup: 3 },
  regularization: { l1: 0.001, l2: 0.001, maxNorm: 2 },
  clip: { by: 'layer', limit: 0.5 },
  training: {
    epochs: 40,
    batchSize: 9,
    accumulate: 3,
    averaging: { decay: 0.9 },
    classWeights: 'balanced',
    earlyStopping: { patience: 30 },
  },
}

/** Two numbers at once, each in a scale of its own. */
const severalTargets = {
  data: {
    source: 'series.csv',
    columns: { next: { role: 'target' }, t11: { role: 'target', scale: 'min-max' } },
  },
  network: [
    { type: 'dense', units: 12 },
    { type: 'tanh' },
    { type: 'dropout', rate: 0.1 },
    { type: 'output' },
  ],
  loss: { type: 'huber' },
  training: { epochs: 40, batchSize: 8 },
}

export const experiments = { severalTargets, dense, recurrent, convolution, quasiNewton, everything } as const
export type ExperimentName = keyof typeof experiments

/** A noiseless wave, cut into windows of twelve steps and the one after. */
function series(): string {
  const wave = (step: number): string => (Math.sin(step / 3) + 0.4 * Math.sin(step / 1.7)).toFixed(5)
  const header = [...Array.from({ length: 12 }, (_, i) => `t${i}`), 'next'].join()
  const rows = Array.from({ length: 160 }, (_, at) =>
    Array.from({ length: 13 }, (_, i) => wave(at + i)).join(),
  )
  return `${[header, ...rows].join('\n')}\n`
}

/** Writes the experiments as `NAME.json`, with what they read. */
export function writeExperiments(folder: string): void {
  writeFileSync(join(folder, 'series.csv'), series())
  for (const [name, settings] of Object.entries(experiments))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ nabla: 1, name, ...settings }))
}

import { parseExperiment } from '../../experiment/read'
import type { Experiment, LayerEntry } from '../../experiment/schema'
import { clusters, gatedSums, irises, placedShapes, teacher, type Recipe } from './recipes'

/** What the network must predict, as peers call it. */
export type Task = 'classes' | 'binary' | 'number'

/** One training that ours and peers are timed on: made-up data, a network, and how it is trained. */
export interface Workload {
  readonly id: string
  readonly title: string
  readonly rows: number
  readonly inputs: number
  readonly task: Task
  /** Units of the output layer. */
  readonly units: number
  /** Which of the peers' networks it is. */
  readonly type: 'dense' | 'convolution' | 'gru'
  /** Widths from the inputs to the output, where all layers are dense. */
  readonly widths?: readonly number[]
  readonly batchSize: number
  readonly epochs: number
  readonly learningRate: number
  /** Layers before the output. */
  readonly layers: readonly LayerEntry[]
  readonly recipe: Recipe
}

type DenseWorkload = Omit<Workload, 'type' | 'widths' | 'layers' | 'inputs' | 'units'> & {
  readonly widths: readonly number[]
}

/** A workload whose layers are all dense, with relu between them. */
export const denseWorkload = (workload: DenseWorkload): Workload => ({
  ...workload,
  type: 'dense',
  inputs: workload.widths[0]!,
  units: workload.widths.at(-1)!,
  layers: workload.widths.slice(1, -1).flatMap((units) => [{ type: 'dense', units }, { type: 'relu' }]),
})

const stage = (filters: number): LayerEntry[] => [
  { type: 'conv2d', filters, kernel: [3, 3], padding: 'same' },
  { type: 'relu' },
  { type: 'max-pool2d', size: [2, 2] },
]

/** From a handful of measurements to an image and a sequence network. */
export const workloads: readonly Workload[] = [
  denseWorkload({
    ...{ id: 'w1', title: 'iris', rows: 150, task: 'classes', widths: [4, 16, 3], recipe: irises },
    ...{ batchSize: 32, epochs: 200, learningRate: 0.01 },
  }),
  denseWorkload({
    ...{ id: 'w2', title: 'wide table', rows: 50_000, task: 'binary', widths: [30, 128, 64, 1] },
    ...{ batchSize: 128, epochs: 5, learningRate: 0.001, recipe: teacher },
  }),
  denseWorkload({
    ...{ id: 'w3', title: 'digits', rows: 10_000, task: 'classes', widths: [784, 256, 128, 10] },
    ...{ batchSize: 128, epochs: 3, learningRate: 0.001, recipe: clusters },
  }),
  denseWorkload({
    ...{ id: 'w4', title: 'large layers', rows: 5120, task: 'classes', widths: [784, 1024, 1024, 10] },
    ...{ batchSize: 256, epochs: 2, learningRate: 0.001, recipe: clusters },
  }),
  {
    ...{ id: 'w5', title: 'images', rows: 2048, task: 'classes', inputs: 784, units: 10 },
    ...{ type: 'convolution', batchSize: 64, epochs: 2, learningRate: 0.001, recipe: placedShapes },
    layers: [{ type: 'reshape', shape: [28, 28, 1] }, ...stage(16), ...stage(32), { type: 'flatten' }],
  },
  {
    ...{ id: 'w6', title: 'sequences', rows: 4096, task: 'number', inputs: 256, units: 1 },
    ...{ type: 'gru', batchSize: 64, epochs: 2, learningRate: 0.001, recipe: gatedSums },
    layers: [
      { type: 'reshape', shape: [32, 8] },
      { type: 'gru', units: 64, recurrentInitializer: 'glorot-uniform' },
    ],
  },
]

/** As an experiment: Glorot's even draw for all weights (the default but for recurrent ones), zero biases, Adam; all rows train. */
export const experimentOf = (workload: Workload): Experiment =>
  parseExperiment({
    nabla: 1,
    name: workload.id,
    data: { source: `${workload.id}.csv`, split: { train: 1, validation: 0, test: 0 } },
    network: [...workload.layers, { type: 'output' }],
    optimizer: { type: 'adam', learningRate: workload.learningRate },
    training: { epochs: workload.epochs, batchSize: workload.batchSize },
  })

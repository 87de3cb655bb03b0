import { expect, it } from 'vitest'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { prepareData } from '../../../../core/data/prepare'
import { experimentSchema } from '../../../../core/experiment/schema'
import { readSource } from '../../../../core/node/reader/source'
import { createTrainer } from '../../../../core/training/trainer'

const convolution = (filters: number) => ({
  type: 'conv2d',
  filters,
  padding: 'same',
  initializer: 'he-normal',
})

const network = [
  { type: 'reshape', shape: [8, 8, 1] },
  convolution(16),
  { type: 'relu' },
  { type: 'max-pool2d' },
  convolution(32),
  { type: 'relu' },
  { type: 'max-pool2d' },
  { type: 'flatten' },
  { type: 'dropout', rate: 0.25 },
  { type: 'output' },
]

it('a small convolutional net reads handwritten digits', async () => {
  const source = 'sample:digits'
  const { table } = await readSource(source, '/nowhere')
  const pixel = { role: 'feature', type: 'number', scale: 'min-max' } as const
  const columns = Object.fromEntries(table.columns.map(({ name }) => [name, pixel]))
  const experiment = experimentSchema.parse({
    nabla: 1,
    data: { source, columns: { ...columns, label: { role: 'target', type: 'category' } } },
    network,
    optimizer: { type: 'adam', learningRate: 0.004 },
    schedule: { type: 'cosine' },
    training: { epochs: 12, keep: 'last' },
  })
  const data = prepareData(table, experiment)
  const trainer = createTrainer({ experiment, data, backend: createWasmBackend(), clock: () => 0 })
  const end = [...trainer.events].at(-1)
  // On five splits and seeds this net was seen to reach 0.974 to 0.981, a linear model of as many epochs 0.918 to 0.941.
  expect(end?.type === 'end' && end.metrics.test?.accuracy).toBeGreaterThan(0.97)
})

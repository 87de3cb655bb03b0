import { describe, expect, it } from 'vitest'
import { LabError } from '../../../../core/errors/lab-error'
import goldens from '../../../goldens/norms.json'
import { checkGradients } from '../check-gradient'
import { backends, compareWithPyTorch, expectClose, prepared, type GoldenCase } from '../compare-golden'
import { compileLayer, networkOf } from '../compile-layer'

interface BatchNormCase extends GoldenCase {
  readonly batches: number[][]
  readonly statistics: { readonly runningMean: number[]; readonly runningVariance: number[] }
  readonly predicted: number[]
}

const cases: readonly GoldenCase[] = goldens.cases
const batchNorms = cases.filter((golden): golden is BatchNormCase => 'batches' in golden)

describe('normalizations', () => {
  compareWithPyTorch(cases)

  const entries = [
    { type: 'batch-norm' },
    { type: 'layer-norm' },
    { type: 'group-norm', groups: 2 },
    { type: 'instance-norm', affine: true },
    { type: 'rms-norm' },
  ]
  checkGradients(
    entries.flatMap((entry) => [
      { entry, shape: entry.type === 'instance-norm' ? [5, 2] : [4], rows: 4 },
      { entry, shape: [3, 4], rows: 2 },
      { entry: { ...entry, epsilon: 0.1 }, shape: [2, 3, 2], rows: 2 },
    ]),
  )
  checkGradients([
    { entry: { type: 'layer-norm', over: 'all-axes' }, shape: [2, 3] },
    { entry: { type: 'layer-norm', affine: false }, shape: [5] },
    { entry: { type: 'layer-norm', over: 'all-axes', affine: false }, shape: [2, 2, 2] },
  ])
})

describe.each(backends)('batch norm on the %s backend', (_, createBackend, tolerance) => {
  it.each(batchNorms.map((golden) => [golden.name, golden] as const))(
    '%s has PyTorch’s running statistics after three steps, and predicts with them',
    (_name, golden) => {
      const training = prepared(golden, createBackend())
      for (const batch of golden.batches) training.run(batch)
      const { runningMean, runningVariance } = golden.statistics
      expectClose(training.statistics(), [...runningMean, ...runningVariance], tolerance, 'statistics')
    },
  )
})

describe('batch norm', () => {
  it.each(batchNorms.map((golden) => [golden.name, golden] as const))(
    '%s predicts with the statistics of PyTorch’s three steps',
    (_name, golden) => {
      const layer = compileLayer(golden.entry, golden.shape, golden.rows, {
        training: false,
        statistics: [...golden.statistics.runningMean, ...golden.statistics.runningVariance],
      })
      layer.parameters = Float64Array.from(layer.names.flatMap((name) => golden.parameters[name]!))
      expectClose(layer.run(golden.input).output, golden.predicted, 1e-6, 'prediction')
    },
  )

  it('starts with mean 0 and variance 1, and leaves them alone in a batch of one row', () => {
    const layer = compileLayer({ type: 'batch-norm' }, [2], 1)
    const { output } = layer.run([5, -3])
    expect([...output]).toEqual([0, 0])
    expect([...layer.statistics()]).toEqual([0, 0, 1, 1])
  })
})

describe('group norm', () => {
  it('refuses groups that do not divide the channels', () => {
    expect(() => networkOf({ type: 'group-norm', groups: 3 }, [5, 4])).toThrow(LabError)
  })
})

describe('instance norm', () => {
  it('refuses a plain list, which has no places', () => {
    expect(() => networkOf({ type: 'instance-norm' }, [4])).toThrow(LabError)
  })
})

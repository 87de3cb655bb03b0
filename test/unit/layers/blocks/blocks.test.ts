import { Ajv2020 as Ajv } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { LabError, type HelpPage } from '../../../../core/errors/lab-error'
import { experimentJsonSchema } from '../../../../core/experiment/json-schema'
import { writeExperiment } from '../../../../core/experiment/write'
import { parseExperiment, readExperiment } from '../../../../core/experiment/read'
import type { LayerEntry } from '../../../../core/experiment/schema'
import { completeEntry } from '../../../../core/network/complete-entry'
import { describeNetwork, type LayerReport } from '../../../../core/network/describe'
import { resolveNetwork } from '../../../../core/network/resolve'
import goldens from '../../../goldens/blocks.json'
import { checkGradients } from '../check-gradient'
import { compareWithPyTorch } from '../compare-golden'
import { compileLayer, networkOf } from '../compile-layer'

const dense = (units: number): LayerEntry => ({ type: 'dense', units })
const residual = (...layers: LayerEntry[]): LayerEntry => ({ type: 'residual', layers })
const parallel = (join: string, ...branches: LayerEntry[][]): LayerEntry => ({
  type: 'parallel',
  branches,
  join,
})

function pageOf(entry: LayerEntry, shape: number[] = [3]): HelpPage {
  try {
    networkOf(entry, shape)
  } catch (error) {
    if (error instanceof LabError) return error.toPage()
  }
  throw new Error('expected a LabError')
}

describe('blocks', () => {
  compareWithPyTorch(goldens.cases)

  checkGradients([
    { entry: residual(dense(3), { type: 'tanh' }), shape: [3] },
    { entry: residual(dense(4), { type: 'gelu' }, dense(2)), shape: [3, 2] },
    { entry: residual({ type: 'batch-norm' }, residual(dense(2), { type: 'silu' })), shape: [2], rows: 4 },
    { entry: residual({ type: 'gru', units: 2, output: 'all' }), shape: [3, 2] },
    { entry: residual({ type: 'conv2d', filters: 2, stride: 2, padding: 'same' }), shape: [3, 4, 2] },
    { entry: residual({ type: 'average-pool2d', size: [1, 2] }, { type: 'tanh' }), shape: [2, 4, 2] },
    { entry: residual({ type: 'conv1d', filters: 3, stride: 3, padding: 'same' }), shape: [7, 2] },
    { entry: parallel('concat', [dense(2)], [{ type: 'tanh' }, dense(3)]), shape: [3] },
    { entry: parallel('add', [dense(2)], [residual(dense(2))]), shape: [2, 2] },
    { entry: parallel('average', [{ type: 'sigmoid' }], [dense(3)], [{ type: 'layer-norm' }]), shape: [3] },
  ])

  it('are valid as they come from the palette', () => {
    for (const type of ['residual', 'parallel'])
      expect(
        compileLayer({ type }, [4], 2).run(new Float64Array(8).fill(1)).output.every(Number.isFinite),
      ).toBe(true)
  })

  it('name parameters by their place, a branch by its number', () => {
    const names = networkOf(parallel('concat', [dense(2)], [residual(dense(3))]), [3]).layout.parameters.map(
      ({ name }) => name,
    )
    expect(names).toEqual([
      '1.parallel.1.1.dense.weights',
      '1.parallel.1.1.dense.bias',
      '1.parallel.2.1.residual.1.dense.weights',
      '1.parallel.2.1.residual.1.dense.bias',
    ])
  })

  it.each([
    [[8, 8, 2], { type: 'conv2d', filters: 3, stride: 2, padding: 'same' }, [4, 4, 3]],
    [[7, 5, 2], { type: 'max-pool2d', size: 2, padding: 'same' }, [4, 3, 2]],
    [[9, 6, 2], { type: 'average-pool2d', size: [3, 1] }, [3, 6, 2]],
    [[10, 4], { type: 'conv1d', filters: 4, stride: 4, padding: 'same' }, [3, 4]],
    [[6, 6, 1], { type: 'global-average-pool' }, undefined],
    [[8, 8, 1], { type: 'conv2d', filters: 1 }, undefined],
    [[8, 2], { type: 'up-sampling' }, undefined],
  ])('residual on %j around %j gives %j', (shape, inner, output) => {
    const layersOf = () => networkOf(residual(inner), shape).layers[0]!
    if (output) expect(layersOf().output).toEqual(output)
    else expect(layersOf).toThrow(LabError)
  })

  it('keep the statistics of layers inside them', () => {
    const layer = compileLayer(residual({ type: 'batch-norm', momentum: 1 }), [1], 2)
    layer.run([1, 3])
    expect([...layer.statistics()]).toEqual([2, 2])
  })

  it('draw other random numbers in each dropout inside', () => {
    const drop = [{ type: 'dropout' }]
    const layer = compileLayer(parallel('concat', drop, drop), [64], 1)
    const { output } = layer.run(new Float64Array(64).fill(1))
    expect([...output.slice(0, 64)]).not.toEqual([...output.slice(64)])
  })
})

describe('a problem inside a block', () => {
  it('carries the path and the name of the inner layer', () => {
    const page = pageOf(residual(dense(3), residual({ type: 'dense', units: 0 })))
    expect(page.place).toEqual({
      path: 'network.0.layers.1.layers.0.units',
      layer: '1 · Residual › 2 · Residual › 1 · Dense',
    })
  })

  it('tells the branch', () => {
    const page = pageOf(parallel('add', [dense(3)], [dense(3), { type: 'dence' }]))
    expect(page.place).toEqual({
      path: 'network.0.branches.1.1.type',
      layer: '1 · Parallel › branch 2 › 2 · dence',
    })
    expect(page.advice).toContain('"dense"')
  })

  it('is an output layer, which belongs at the end of the whole', () => {
    const page = pageOf(residual(dense(3), { type: 'output' }))
    expect(page.code).toBe('output-place')
    expect(page.came).toBe('an output layer inside a block')
    expect(page.place?.path).toBe('network.0.layers.1')
  })

  it('is a shape that the block cannot join', () => {
    expect(pageOf(residual({ type: 'flatten' }), [3, 2]).expected).toContain('[3, 2]')
    expect(pageOf(parallel('add', [dense(3)], [dense(4)])).came).toBe('[4] from branch 2')
    expect(pageOf(parallel('concat', [dense(3)], [{ type: 'flatten' }]), [2, 2]).code).toBe('layer-shape')
  })

  it('is a list of layers that is none', () => {
    expect(pageOf({ type: 'residual', layers: [] }).place?.path).toBe('network.0.layers')
    expect(pageOf({ type: 'residual', layers: [{}] }).place?.path).toMatch(/^network\.0\.layers/)
    expect(pageOf({ type: 'parallel', branches: [[dense(2)]] }).place?.path).toBe('network.0.branches')
  })
})

describe('an experiment with blocks', () => {
  const network = [
    dense(4),
    residual(dense(4), { type: 'relu' }, parallel('average', [dense(4)], [{ type: 'tanh' }])),
    { type: 'output' },
  ]
  const experiment = parseExperiment({ nabla: 1, data: { source: 'a.csv' }, network })

  it('is read as it was written', () => {
    expect(readExperiment(writeExperiment(experiment))).toEqual(experiment)
    expect(experiment.network).toEqual(network)
  })

  it('is checked down to its inner layers by the published JSON Schema', () => {
    const validate = new Ajv({ strict: false }).compile(experimentJsonSchema())
    const valid = (...layers: unknown[]) =>
      validate({ nabla: 1, data: { source: 'a.csv' }, network: [...layers, { type: 'output' }] })
    expect(valid(...network.slice(0, 2)), JSON.stringify(validate.errors)).toBe(true)
    expect(valid(residual({ type: 'dense', unit: 3 }))).toBe(false)
    expect(valid(parallel('add', [dense(2)], [residual({ type: 'dence' })]))).toBe(false)
  })

  it('is described layer by layer, those inside included', () => {
    const report = describeNetwork({ layers: network, inputs: 2, target: { type: 'number', column: 'y' } })
    expect(report.problems).toEqual([])
    const [, block] = report.layers
    expect([block!.name, block!.outputShape, block!.parameters]).toEqual(['2 · Residual', [4], 40])
    expect(block!.branches![0]!.map(({ name, parameters }) => [name, parameters])).toEqual([
      ['1 · Dense', 20],
      ['2 · ReLU', 0],
      ['3 · Parallel', 20],
    ])
    expect(report.parameters).toBe(12 + 40 + 5)
  })

  it('is described up to the layer inside a block that does not fit, in each branch', () => {
    const wrong = [
      dense(4),
      parallel('add', [dense(3), { type: 'max-pool2d' }, dense(2)], [dense(5), residual({ type: 'gru' })]),
      dense(9),
      { type: 'output' },
    ]
    const { layers, problems } = describeNetwork({
      layers: wrong,
      inputs: 2,
      target: { type: 'number', column: 'y' },
    })
    const shapesOf = (reports: readonly LayerReport[]): unknown[] =>
      reports.map(({ outputShape, branches }) => (branches ? branches.map(shapesOf) : outputShape))
    expect(shapesOf(layers)).toEqual([
      [4],
      [
        [[3], null, null],
        [[5], [[null]]],
      ],
      null,
      null,
    ])
    expect(layers[1]!.outputShape).toBeNull()
    expect(layers[1]!.parameters).toBe(15 + 25)
    expect(problems.map(({ place }) => place?.path)).toEqual([
      'network.1.branches.0.1',
      'network.1.branches.1.1.layers.0',
    ])
    const [first, second] = layers[1]!.branches!
    expect([layers[1]!.problem, first![1]!.problem, second![1]!.problem]).toEqual([
      undefined,
      problems[0],
      undefined,
    ])
    expect(second![1]!.branches![0]![0]!.problem).toEqual(problems[1])
  })

  it('shows all inner shapes where only their join does not fit', () => {
    const wrong = [parallel('add', [dense(3)], [dense(5), dense(4)]), { type: 'output' }]
    const { layers, problems } = describeNetwork({
      layers: wrong,
      inputs: 2,
      target: { type: 'number', column: 'y' },
    })
    expect(layers[0]!.branches!.map((branch) => branch.map(({ outputShape }) => outputShape))).toEqual([
      [[3]],
      [[5], [4]],
    ])
    expect(layers[0]!.problem).toEqual(problems[0])
    expect(problems.map(({ came }) => came)).toEqual(['[4] from branch 2'])
  })

  it('has all defaults of inner layers written out when it is resolved', () => {
    const whole = completeEntry(network[1]!, 'network.1')
    const inner = (whole as unknown as { layers: LayerEntry[] }).layers
    expect(inner[0]).toEqual({ type: 'dense', units: 4, bias: true, initializer: 'glorot-uniform' })
    const branches = (inner[2] as unknown as { branches: LayerEntry[][] }).branches
    expect(branches[0]![0]).toEqual(inner[0])
    const target = { type: 'number', column: 'y' } as const
    const names = (layers: LayerEntry[]) =>
      resolveNetwork({ layers, inputs: 2, target }).layout.parameters.map(({ name, shape }) => [name, shape])
    expect(names([network[0]!, whole, network[2]!])).toEqual(names(network))
  })
})

import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { gradients } from '../../../core/graph/autodiff'
import { mean } from '../../../core/graph/ops'
import { defaultLoss } from '../../../core/losses/default-loss'
import { losses } from '../../../core/losses/registry'
import first from '../../goldens/losses.json'
import further from '../../goldens/losses2.json'
import { fastBackends } from '../backends/fast-backends'
import { evaluate, expectNear } from './run'

function run(
  type: string,
  settings: object,
  outputs: number[][],
  targets: number[][],
  backend?: Backend,
): Record<string, number[]> {
  const { type: _type, ...config } = losses.parse({ type, ...settings })
  const shape = [outputs.length, outputs[0]!.length]
  const feeds = { outputs: { shape, values: outputs.flat() }, targets: { shape, values: targets.flat() } }
  const build: Parameters<typeof evaluate>[1] = (_graph, { outputs, targets }) => {
    const perRow = losses.get(type).build(config, outputs!, targets!)
    expect(perRow.shape).toEqual([shape[0], 1])
    const loss = mean(perRow)
    return { perRow, mean: loss, gradient: gradients(loss, [outputs!])[0]! }
  }
  return evaluate(feeds, build, 0, backend)
}

interface Golden {
  readonly loss: string
  readonly config?: object
  readonly outputs: number[][]
  readonly targets: number[][]
  readonly perRow: number[]
  readonly mean: number
  readonly gradient: number[][]
}

const goldens: Golden[] = [...first.cases, ...further.cases]
const cases = goldens.map((golden, index) => ({ name: `case ${index + 1}, ${golden.loss}`, golden }))

describe('losses', () => {
  it('all have golden numbers', () => {
    expect(new Set(goldens.map(({ loss }) => loss))).toEqual(new Set(losses.list.map(({ type }) => type)))
  })

  it.each(cases)('$name: values and gradients are PyTorch’s', ({ golden }) => {
    const came = run(golden.loss, golden.config ?? {}, golden.outputs, golden.targets)
    expectNear(came.perRow!, golden.perRow, 1e-6)
    expectNear(came.mean!, [golden.mean], 1e-6)
    expectNear(came.gradient!, golden.gradient.flat(), 1e-6)
  })

  describe.each(fastBackends)('on the fast backend %s', (_, createBackend) => {
    it.each(cases)('$name: they are so too', ({ golden }) => {
      const { loss, config = {}, outputs, targets } = golden
      const came = run(loss, config, outputs, targets, createBackend())
      expectNear(came.perRow!, golden.perRow, 1e-4, 1e-6)
      expectNear(came.mean!, [golden.mean], 1e-4, 1e-6)
      expectNear(came.gradient!, golden.gradient.flat(), 1e-4, 1e-6)
    })
  })

  it('the cross-entropies are finite and right at ±10000', () => {
    const binary = run('binary-cross-entropy', {}, [[1e4], [-1e4], [1e4], [-1e4]], [[1], [0], [0], [1]])
    expectNear(binary.perRow!, [0, 0, 1e4, 1e4], 1e-12)
    expectNear(binary.gradient!, [0, 0, 0.25, -0.25], 1e-12)
    const soft = run(
      'softmax-cross-entropy',
      {},
      [
        [1e4, 0, -1e4],
        [1e4, 0, -1e4],
      ],
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
    )
    expectNear(soft.perRow!, [0, 2e4], 1e-12)
    expectNear(soft.gradient!, [0, 0, 0, 0.5, 0, -0.5], 1e-12)
  })

  it('binary cross-entropy keeps its digits where the answer is right and sure', () => {
    expectNear(run('binary-cross-entropy', {}, [[30]], [[1]]).perRow!, [Math.log1p(Math.exp(-30))], 1e-12, 0)
  })

  it('each default fits its target', () => {
    for (const type of ['number', 'binary', 'category'] as const)
      expect(losses.get(defaultLoss({ type })).targets).toContain(type)
  })
})

import { describe, expect, it } from 'vitest'
import { LabError } from '../../../core/errors/lab-error'
import { gradients } from '../../../core/graph/autodiff'
import { random as randomNode, sum } from '../../../core/graph/ops'
import type { Shape } from '../../../core/graph/shape'
import { layers } from '../../../core/layers/registry'
import { evaluate, expectNear, type Feeds } from './run'

function configured(entry: { type: string; [setting: string]: unknown }) {
  const { type, units, ...settings } = entry
  const isOutput = type === 'output'
  const { type: _type, ...config } = layers.parse(isOutput ? { type, ...settings } : entry)
  return { kind: layers.get(type), config: isOutput ? { ...config, units } : config }
}

/** A layer's output, and the gradients of its sum for `x` and its parameters. */
function run(entry: { type: string; [setting: string]: unknown }, feeds: Feeds, training = true, step = 0) {
  const { kind, config } = configured(entry)
  return evaluate(
    feeds,
    (graph, inputs) => {
      const random = (shape: Shape) => randomNode(graph, shape, 0)
      const parameter = (name: string) => inputs[name]!
      const refuse = (): never => {
        throw new Error('only layers with statistics or branches ask for them')
      }
      const others = { statistic: refuse, update: refuse, branch: refuse }
      const y = kind.build({ config, input: inputs.x!, training, parameter, random, ...others })
      expect(y.shape.slice(1)).toEqual(kind.outputShape(config, inputs.x!.shape.slice(1)))
      const names = Object.keys(feeds)
      const found = gradients(
        sum(y),
        names.map((name) => inputs[name]!),
      )
      return { y, ...Object.fromEntries(names.map((name, i) => [`d ${name}`, found[i]!])) }
    },
    step,
  )
}

const feeds: Feeds = {
  x: { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
  weights: { shape: [3, 2], values: [1, 0, 0, 1, 2, -1] },
  bias: { shape: [2], values: [10, 20] },
}

describe.each(['dense', 'output'])('%s', (type) => {
  it('is x W + b, with the gradients of a matrix product', () => {
    const came = run({ type, units: 2 }, feeds)
    expect(came.y).toEqual([17, 19, 26, 19])
    expect(came['d x']).toEqual([1, 1, 1, 1, 1, 1])
    expect(came['d weights']).toEqual([5, 5, 7, 7, 9, 9])
    expect(came['d bias']).toEqual([2, 2])
  })

  it('declares weights [in, units] and a bias that starts at 0', () => {
    const { kind, config } = configured({ type, units: 5, initializer: 'he-normal' })
    const fan = { fanIn: 3, fanOut: 5 }
    expect(kind.parameters(config, [3])).toEqual([
      { name: 'weights', shape: [3, 5], initializer: 'he-normal', ...fan, unitAxis: 1 },
      { name: 'bias', shape: [5], initializer: 'zeros', ...fan },
    ])
  })

  it('refuses an input that it cannot take', () => {
    const { kind, config } = configured({ type, units: 5 })
    for (const shape of type === 'output' ? [[], [3, 3]] : [[]])
      expect(() => kind.outputShape(config, shape)).toThrow(LabError)
  })
})

describe('dense', () => {
  it('acts on the last axis of a sequence or an image', () => {
    const { kind, config } = configured({ type: 'dense', units: 2 })
    expect(kind.outputShape(config, [4, 5, 3])).toEqual([4, 5, 2])
    expect(
      run({ type: 'dense', units: 2 }, { ...feeds, x: { shape: [1, 2, 3], values: [1, 2, 3, 4, 5, 6] } }).y,
    ).toEqual([17, 19, 26, 19])
  })

  it('goes without bias when asked to', () => {
    const { kind, config } = configured({ type: 'dense', units: 2, bias: false })
    expect(kind.parameters(config, [3]).map((spec) => spec.name)).toEqual(['weights'])
    expect(run({ type: 'dense', units: 2, bias: false }, feeds).y).toEqual([7, -1, 16, -1])
  })

  it('has 16 units, a bias and Glorot’s start if nothing is said', () => {
    expect(layers.create('dense')).toEqual({
      type: 'dense',
      units: 16,
      bias: true,
      initializer: 'glorot-uniform',
    })
  })
})

describe('output', () => {
  it('is not in the palette, and does not let its units be set', () => {
    expect(layers.list.filter((kind) => kind.fixed).map((kind) => kind.type)).toEqual(['output'])
    expect(() => layers.parse({ type: 'output', units: 3 })).toThrow(LabError)
  })
})

describe('dropout', () => {
  const size = 20_000
  const x: Feeds = { x: { shape: [1, size], values: Array.from({ length: size }, (_, i) => 1 + i / size) } }

  it('drops the rate’s share and scales the rest, with the same mask for the gradient', () => {
    const rate = 0.3
    const came = run({ type: 'dropout', rate }, x)
    const dropped = came.y!.filter((value) => value === 0).length
    expect(Math.abs(dropped - rate * size)).toBeLessThan(5 * Math.sqrt(size * rate * (1 - rate)))
    expectNear(
      came.y!,
      x.x!.values.map((value, i) => (came.y![i] === 0 ? 0 : value / (1 - rate))),
      1e-15,
    )
    expectNear(
      came['d x']!,
      came.y!.map((value) => (value === 0 ? 0 : 1 / (1 - rate))),
      1e-15,
    )
  })

  it('has a new mask in every step', () => {
    const [first, again, second] = [0, 0, 1].map((step) => run({ type: 'dropout' }, x, true, step).y)
    expect(again).toEqual(first)
    expect(second).not.toEqual(first)
  })

  it('does nothing outside training, or at a rate of 0', () => {
    expect(run({ type: 'dropout', rate: 0.9 }, x, false).y).toEqual(x.x!.values)
    expect(run({ type: 'dropout', rate: 0 }, x).y).toEqual(x.x!.values)
  })

  it('refuses a rate of 1, which would leave nothing', () => {
    expect(() => layers.parse({ type: 'dropout', rate: 1 })).toThrow(LabError)
  })
})

describe('activations and regularization', () => {
  it('keep the shape of their input', () => {
    for (const kind of layers.list.filter((kind) => kind.elementwise || kind.group === 'Regularization')) {
      const { type: _type, ...config } = layers.create(kind.type)
      expect(kind.parameters(config, [4, 5])).toEqual([])
      expect(kind.outputShape(config, [4, 5])).toEqual([4, 5])
    }
  })
})

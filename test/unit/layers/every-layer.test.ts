import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../../core/catalog/form'
import type { LayerEntry } from '../../../core/experiment/schema'
import type { Shape } from '../../../core/graph/shape'
import { layers } from '../../../core/layers/registry'
import { expectGradients } from './check-gradient'

/** Each case of a layer: the shape of a row, and settings beside the defaults. */
type Cases = readonly (readonly [Shape, object?])[]

/** For layers that take any shape, with settings where they have some. */
const anywhere = (...settings: readonly object[]): Cases => {
  const shapes: Shape[] = [[4], [3, 2], [2, 2, 3]]
  return [...shapes, ...settings.slice(3).map(() => [5] as Shape)].map((shape, i) => [shape, settings[i]])
}

const dense = (units: number): LayerEntry => ({ type: 'dense', units })
const tanh: LayerEntry = { type: 'tanh' }

const recurrent: Cases = [
  [[3, 2], { units: 3 }],
  [[4, 1], { units: 2, output: 'all' }],
  [[2, 3], { units: 2, bidirectional: true, output: 'all' }],
  [[1, 2], { units: 4, bidirectional: true }],
]
const pool1d: Cases = [
  [[6, 2]],
  [[5, 3], { size: 3, stride: 1, padding: 'same' }],
  [[7, 1], { size: 2, stride: 3 }],
]
const pool2d: Cases = [
  [[4, 4, 2]],
  [[3, 5, 1], { size: [2, 3], stride: 1, padding: 'same' }],
  [[5, 4, 2], { size: [1, 2], stride: [2, 1] }],
]
const whole: Cases = [[[5, 2]], [[3, 4, 2]], [[1, 3]]]

/** Three shapes and three settings at the least for every layer, as far as it has settings. */
const table: Readonly<Record<string, Cases>> = {
  dense: [
    [[4], { units: 3 }],
    [[3, 2], { units: 2, bias: false }],
    [[2, 2, 3], { units: 1 }],
  ],
  output: [[[2]], [[5]], [[9]]],
  linear: anywhere(),
  relu: anywhere(),
  relu6: anywhere(),
  'leaky-relu': anywhere({}, { slope: 0.3 }, { slope: 0.9 }),
  prelu: anywhere({}, { slopes: 'per-unit' }, { slopes: 'per-unit' }),
  elu: anywhere({}, { alpha: 0.4 }, { alpha: 3 }),
  selu: anywhere(),
  celu: anywhere({}, { alpha: 0.4 }, { alpha: 3 }),
  gelu: anywhere({}, { approximation: 'tanh' }, { approximation: 'tanh' }),
  silu: anywhere(),
  mish: anywhere(),
  'hard-swish': anywhere(),
  tanh: anywhere(),
  softsign: anywhere(),
  'hard-tanh': anywhere({}, { minimum: -0.3 }, { minimum: -0.5, maximum: 2 }),
  sigmoid: anywhere(),
  'hard-sigmoid': anywhere(),
  softmax: anywhere(),
  'log-softmax': anywhere(),
  softplus: anywhere(),
  sine: anywhere({}, { frequency: 3 }, { frequency: 0.2 }),
  gaussian: anywhere(),
  dropout: anywhere({}, { rate: 0.1 }, { rate: 0 }),
  'spatial-dropout': [[[4, 3]], [[2, 3, 4], { rate: 0.2 }], [[1, 5], { rate: 0 }]],
  'alpha-dropout': anywhere({}, { rate: 0.5 }, { rate: 0 }),
  'gaussian-noise': anywhere({}, { deviation: 0.5 }, { deviation: 0 }),
  'batch-norm': anywhere({}, { epsilon: 0.1, momentum: 0.5 }, { affine: false }),
  'layer-norm': anywhere({}, { over: 'all-axes' }, { affine: false, epsilon: 0.1 }),
  'group-norm': [
    [[4], { groups: 2 }],
    [[3, 6], { groups: 3, affine: false }],
    [[2, 2, 4], { groups: 4, epsilon: 0.1 }],
  ],
  'instance-norm': [[[5, 2]], [[3, 2, 2], { affine: true }], [[4, 3], { affine: true, epsilon: 0.1 }]],
  'rms-norm': anywhere({}, { epsilon: 0.1 }, { epsilon: 0.01 }),
  reshape: [
    [[6], { shape: [3, 2] }],
    [[2, 3], { shape: [-1] }],
    [[2, 2, 3], { shape: [1, 4, -1] }],
  ],
  flatten: [[[2, 3]], [[2, 2, 2]], [[5]]],
  permute: [[[2, 3]], [[2, 3, 2], { order: [3, 1, 2] }], [[1, 3, 2], { order: [1, 3, 2] }]],
  conv1d: [
    [[5, 2], { filters: 3 }],
    [[6, 4], { filters: 2, kernel: 2, stride: 2, padding: 'same', groups: 2 }],
    [[7, 1], { filters: 2, dilation: 2, bias: false }],
  ],
  conv2d: [
    [[4, 3, 2], { filters: 2 }],
    [[3, 4, 4], { filters: 4, kernel: [2, 3], stride: [1, 2], padding: 'same', groups: 4 }],
    [[5, 5, 1], { filters: 1, kernel: 2, dilation: [1, 2], bias: false }],
  ],
  'conv2d-transpose': [
    [[2, 2, 2], { filters: 2 }],
    [[2, 3, 1], { filters: 2, kernel: [2, 3], stride: 2, padding: 'same' }],
    [[3, 1, 3], { filters: 1, kernel: 2, stride: [2, 1], dilation: 2, bias: false }],
  ],
  'max-pool1d': pool1d,
  'max-pool2d': pool2d,
  'average-pool1d': pool1d,
  'average-pool2d': pool2d,
  'global-max-pool': whole,
  'global-average-pool': whole,
  'up-sampling': [[[3, 2]], [[2, 2, 1], { factor: [1, 3] }], [[4, 1], { factor: 3 }]],
  embedding: [
    [[3], { vocabulary: 5, dimensions: 2 }],
    [[1], { vocabulary: 9, dimensions: 1 }],
    [[4], { vocabulary: 2, dimensions: 3 }],
  ],
  'positional-encoding': [[[4, 3]], [[2, 4]], [[1, 1]]],
  'self-attention': [[[3, 2]], [[4, 4], { heads: 2, dropout: 0.3 }], [[3, 3], { heads: 3, causal: true }]],
  'simple-rnn': [...recurrent, [[3, 3], { units: 2, activation: 'relu' }]],
  gru: recurrent,
  lstm: recurrent,
  residual: [
    [[3], { layers: [dense(3), tanh] }],
    [[3, 2], { layers: [dense(4), tanh, dense(3)] }],
    [
      [4, 5, 2],
      {
        layers: [
          { type: 'conv2d', filters: 3, stride: 2, padding: 'same' },
          { type: 'residual', layers: [tanh] },
        ],
      },
    ],
    [
      [6, 2],
      {
        layers: [
          { type: 'average-pool1d' },
          { type: 'parallel', join: 'add', branches: [[tanh], [dense(2)]] },
        ],
      },
    ],
  ],
  parallel: [
    [[3], { branches: [[dense(2)], [tanh, dense(3)]] }],
    [[2, 2], { join: 'add', branches: [[dense(2)], [{ type: 'residual', layers: [dense(2)] }]] }],
    [[2, 2, 2], { join: 'average', branches: [[{ type: 'sigmoid' }], [dense(2)], [{ type: 'layer-norm' }]] }],
  ],
}

/** Ids in, so that the output does not follow the input smoothly. */
const takesIds = new Set(['embedding'])

const distinct = (values: readonly unknown[]): number =>
  new Set(values.map((value) => JSON.stringify(value))).size

describe.each(layers.list.map(({ type }) => type))('%s', (type) => {
  const cases = table[type] ?? []
  const entries = cases.map(([, settings]) => layers.parse({ type, ...settings }))
  const fields = fieldsOf(layers.get(type)).filter(({ name }) => !/initializer/i.test(name))

  it('has gradient checks for three shapes, three settings as far as it has them, and every choice', () => {
    expect(distinct(cases.map(([shape]) => shape))).toBeGreaterThanOrEqual(3)
    const possible = fields.reduce(
      (product, { control }) => product * (['choice', 'switch'].includes(control) ? 2 : 3),
      1,
    )
    expect(distinct(entries)).toBeGreaterThanOrEqual(Math.min(3, possible))
    for (const { name, control, choices } of fields) {
      const used = new Set(entries.map((entry) => entry[name]))
      if (control === 'switch') expect([name, used.size]).toEqual([name, 2])
      if (control === 'choice') expect([name, [...used].sort()]).toEqual([name, [...choices!].sort()])
    }
  })

  it.each(
    cases.map(
      ([shape, settings]) => [shape.join(' × '), JSON.stringify(settings ?? {}), shape, settings] as const,
    ),
  )('on %s with %s has the gradient of central differences', (_shape, _settings, shape, settings) => {
    expectGradients({
      entry: { type, ...settings },
      shape,
      rows: 3,
      byInput: !takesIds.has(type),
    })
  })
})

it('has no cases of a layer that is not registered', () => {
  expect(Object.keys(table).filter((type) => !layers.has(type))).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import type { Backend } from '../../../../core/backends/backend'
import { checkGradient } from '../../../../core/calculus/gradient-check'
import { describeNetwork } from '../../../../core/network/describe'
import { initialParameters } from '../../../../core/network/parameters'
import { resolveNetwork, type NetworkDefinition } from '../../../../core/network/resolve'
import { createRandom } from '../../../../core/random/create-random'
import { fastBackends } from '../../backends/fast-backends'

type Stack = NetworkDefinition['layers']

const target = { type: 'number', column: 'y' } as const

const stacks: readonly (readonly [string, number, Stack])[] = [
  [
    'an image through convolutions and pooling',
    36,
    [
      { type: 'reshape', shape: [6, 6, 1] },
      { type: 'conv2d', filters: 4, padding: 'same' },
      { type: 'tanh' },
      { type: 'max-pool2d' },
      { type: 'spatial-dropout', rate: 0.25 },
      { type: 'conv2d', filters: 4, kernel: 2, groups: 2, stride: 2, padding: 'same' },
      { type: 'tanh' },
      { type: 'flatten' },
      { type: 'output' },
    ],
  ],
  [
    'a sequence with gaps, turned over and pooled as a whole',
    24,
    [
      { type: 'reshape', shape: [2, 12] },
      { type: 'permute', order: [2, 1] },
      { type: 'conv1d', filters: 4, kernel: 2, dilation: 2 },
      { type: 'tanh' },
      { type: 'average-pool1d', padding: 'same', size: 3 },
      { type: 'conv1d', filters: 3, kernel: 2 },
      { type: 'global-max-pool' },
      { type: 'output' },
    ],
  ],
  [
    'an image made smaller and larger again',
    32,
    [
      { type: 'reshape', shape: [4, 4, 2] },
      { type: 'average-pool2d' },
      { type: 'conv2d-transpose', filters: 3, stride: 2, padding: 'same' },
      { type: 'tanh' },
      { type: 'max-pool2d', size: [2, 1] },
      { type: 'up-sampling', factor: [2, 1] },
      { type: 'conv2d', filters: 2 },
      { type: 'global-average-pool' },
      { type: 'output' },
    ],
  ],
]

/** Derivatives by every parameter, each beside its difference quotient on the same backend. */
function gradientsOf(inputs: number, layers: Stack, backend: Backend) {
  const network = resolveNetwork({ layers, inputs, target })
  const random = createRandom(8)
  const rows = 3
  const entries = checkGradient({
    network,
    backend,
    parameters: initialParameters(network.layout, random.split('parameters')).map(Math.fround),
    rows,
    features: Float64Array.from({ length: rows * inputs }, () => Math.fround(random.normal())),
    targets: Float64Array.from({ length: rows }, () => Math.fround(random.normal())),
    random,
    samples: Infinity,
  })
  expect(entries.length).toBe(network.layout.size)
  return entries
}

describe.each(stacks)('%s', (_name, inputs, layers) => {
  const exact = gradientsOf(inputs, layers, createReferenceBackend())

  it('has gradients that agree with difference quotients in every parameter', () => {
    expect(exact.some(({ analytic }) => Math.abs(analytic) > 1e-3)).toBe(true)
    expect(Math.max(...exact.map(({ relativeError }) => relativeError ?? Infinity))).toBeLessThan(1e-6)
  })

  it.each(fastBackends)('has them on the fast backend %s too', (_, createBackend) => {
    const entries = gradientsOf(inputs, layers, createBackend())
    const scale = Math.max(...exact.map(({ analytic }) => Math.abs(analytic)))
    const errors = entries.map(({ analytic }, i) => Math.abs(analytic - exact[i]!.analytic) / scale)
    expect(Math.max(...errors)).toBeLessThan(1e-5)
  })
})

describe('a stack that does not fit', () => {
  it('is described with the layer, the reason and the way out', () => {
    const layers = [{ type: 'conv2d' }, { type: 'flatten' }, { type: 'output' }]
    const { problems } = describeNetwork({ layers, inputs: 64, target })
    expect(problems.map(({ code, place }) => [code, place?.path, place?.layer])).toEqual([
      ['layer-input', 'network.0', '1 · Convolution 2-d'],
    ])
    expect(problems[0]!.advice).toContain('reshape')
  })

  it('has shapes and parameter counts for each layer otherwise', () => {
    const [, inputs, layers] = stacks[0]!
    const report = describeNetwork({ layers, inputs, target })
    expect(report.layers.map((layer) => layer.outputShape?.join('×'))).toEqual([
      '6×6×1',
      '6×6×4',
      '6×6×4',
      '3×3×4',
      '3×3×4',
      '2×2×4',
      '2×2×4',
      '16',
      '1',
    ])
    expect(report.layers.map((layer) => layer.parameters)).toEqual([0, 40, 0, 0, 0, 36, 0, 0, 17])
    expect(report.problems).toEqual([])
  })
})

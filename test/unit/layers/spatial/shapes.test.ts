import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../../../core/catalog/form'
import { LabError } from '../../../../core/errors/lab-error'
import type { Shape } from '../../../../core/graph/shape'
import { layers } from '../../../../core/layers/registry'
import { resolve } from './run-layer'

type Settings = Record<string, unknown>

const outputOf = (type: string, input: Shape, settings: Settings = {}): Shape =>
  resolve({ type, settings, input: [1, ...input] }).output

function refusal(run: () => unknown): LabError {
  try {
    run()
  } catch (error) {
    if (error instanceof LabError) return error
    throw error
  }
  throw new Error('expected a LabError')
}

const refused = (type: string, input: Shape, settings: Settings = {}): LabError =>
  refusal(() => outputOf(type, input, settings))

describe('shapes', () => {
  it.each<[string, Shape, Settings, Shape]>([
    ['conv2d', [28, 28, 1], { filters: 8 }, [26, 26, 8]],
    ['conv2d', [28, 28, 3], { filters: 8, padding: 'same', stride: 2 }, [14, 14, 8]],
    ['conv2d', [7, 9, 3], { filters: 4, kernel: [3, 5], stride: [2, 1] }, [3, 5, 4]],
    ['conv2d', [9, 9, 2], { filters: 4, dilation: 4 }, [1, 1, 4]],
    ['conv1d', [100, 6], { filters: 8, kernel: 5, stride: 3 }, [32, 8]],
    ['conv2d-transpose', [7, 7, 4], { filters: 2, stride: 2, padding: 'same' }, [14, 14, 2]],
    ['conv2d-transpose', [7, 7, 4], { filters: 2, stride: 2 }, [15, 15, 2]],
    ['max-pool2d', [7, 7, 4], {}, [3, 3, 4]],
    ['max-pool2d', [7, 7, 4], { padding: 'same' }, [4, 4, 4]],
    ['average-pool1d', [9, 2], { size: 3, stride: 1 }, [7, 2]],
    ['global-max-pool', [4, 5, 6, 2], {}, [2]],
    ['global-average-pool', [9, 3], {}, [3]],
    ['up-sampling', [4, 3], {}, [8, 3]],
    ['up-sampling', [4, 5, 3], { factor: [2, 3] }, [8, 15, 3]],
    ['reshape', [64], { shape: [8, 8, 1] }, [8, 8, 1]],
    ['reshape', [64], { shape: [-1, 4] }, [16, 4]],
    ['flatten', [8, 8, 3], {}, [192]],
    ['permute', [2, 3, 4], { order: [3, 1, 2] }, [4, 2, 3]],
    ['spatial-dropout', [8, 8, 3], {}, [8, 8, 3]],
  ])('%s of %j with %j gives %j', (type, input, settings, output) => {
    expect(outputOf(type, input, settings)).toEqual(output)
  })

  it('counts weights as Keras does', () => {
    const sizes = (type: string, input: Shape, settings: Settings) =>
      resolve({ type, settings, input: [1, ...input] }).parameters.map(({ shape }) => shape)
    expect(sizes('conv2d', [8, 8, 4], { filters: 6, groups: 2 })).toEqual([[3, 3, 2, 6], [6]])
    expect(sizes('conv1d', [8, 4], { filters: 6, kernel: 5, bias: false })).toEqual([[5, 4, 6]])
    expect(sizes('conv2d-transpose', [8, 8, 4], { filters: 6, kernel: 2 })).toEqual([[2, 2, 6, 4], [6]])
  })
})

describe('an input that does not fit is refused', () => {
  it('by a window larger than the input, which names both sizes', () => {
    const error = refused('conv2d', [8, 2, 1])
    expect([error.code, error.expected, error.came]).toEqual([
      'layer-window',
      'a window that fits the input, which is 2 wide',
      'one that covers 3',
    ])
    expect(refused('max-pool1d', [3, 1], { size: 4 }).came).toBe('one that covers 4')
    expect(refused('conv2d', [8, 8, 1], { dilation: [4, 1] }).came).toBe('one that covers 9')
    expect(outputOf('conv2d', [8, 2, 1], { padding: 'same', filters: 1 })).toEqual([8, 2, 1])
  })

  it('with the reshape that would make an image or a sequence of it', () => {
    const error = refused('conv2d', [64])
    expect([error.code, error.expected, error.came]).toEqual([
      'layer-input',
      'an image [height, width, channels]',
      '[64]',
    ])
    expect(error.advice).toContain('{ "type": "reshape", "shape": [8, 8, 1] }')
    expect(refused('conv2d', [60]).advice).toContain('[height, width, channels]')
    expect(refused('average-pool1d', [12]).advice).toContain('"shape": [12, 1]')
    expect(refused('conv1d', [8, 8, 1]).advice).toContain('2d layer')
    expect(refused('max-pool2d', [8, 8]).advice).toContain('1d layer')
  })

  it('by global pooling and spatial dropout when it has no neighbours', () => {
    expect(refused('global-max-pool', [8]).code).toBe('layer-input')
    expect(refused('spatial-dropout', [8]).advice).toContain('dropout')
  })

  it('by the output layer, which names the layer that helps', () => {
    const { type: _type, ...config } = layers.create('output')
    const error = refusal(() => layers.get('output').outputShape({ ...config, units: 3 }, [4, 4, 2]))
    expect(error.advice).toContain('flatten')
  })

  it('by groups that do not divide channels and filters', () => {
    const error = refused('conv2d', [8, 8, 3], { filters: 4, groups: 2 })
    expect([error.code, error.came]).toEqual(['layer-groups', '2 groups'])
    expect(error.expected).toContain('3 channels')
    expect(refused('conv2d', [8, 8, 4], { filters: 3, groups: 2 }).code).toBe('layer-groups')
  })

  it('by reshape when the numbers do not fill the shape', () => {
    const error = refused('reshape', [61], { shape: [8, 8, 1] })
    expect([error.code, error.came]).toEqual(['layer-shape', '[8, 8, 1], which has 64'])
    expect(error.expected).toContain('61 numbers')
    expect(refused('reshape', [10], { shape: [-1, 3] }).code).toBe('layer-shape')
  })

  it('by permute when it has another number of axes', () => {
    expect(refused('permute', [2, 3, 4]).advice).toContain('1 to 3')
  })
})

describe('settings of several numbers', () => {
  it('may be one number or one for each direction', () => {
    for (const kernel of [3, [3], [3, 5]])
      expect(layers.parse({ type: 'conv2d', kernel })).toMatchObject({ kernel })
  })

  it.each<[string, Settings]>([
    ['conv2d', { kernel: 0 }],
    ['conv2d', { kernel: [3, 3, 3] }],
    ['conv2d', { kernel: '3' }],
    ['max-pool2d', { stride: [-1, 2] }],
    ['reshape', { shape: [-1, -1] }],
    ['reshape', { shape: [8, 0] }],
    ['reshape', { shape: [] }],
    ['permute', { order: [1, 3] }],
    ['permute', { order: [1, 1] }],
  ])('are checked: %s %j', (type, settings) => {
    const error = refusal(() => layers.parse({ type, ...settings }, 'network.0'))
    expect(error.code).toBe('bad-setting')
    expect(error.place.path).toContain(`network.0.${Object.keys(settings)[0]}`)
    expect(error.expected).toMatch(/number|axis|-1/)
  })

  it('are lists in the form', () => {
    const controls = (type: string) =>
      Object.fromEntries(fieldsOf(layers.get(type)).map(({ name, control }) => [name, control]))
    expect(controls('conv2d')).toMatchObject({ kernel: 'list', stride: 'list', filters: 'integer' })
    expect(controls('conv1d')).toMatchObject({ kernel: 'integer', stride: 'integer' })
    expect([controls('reshape').shape, controls('permute').order]).toEqual(['list', 'list'])
  })
})

import { describe, expect, it } from 'vitest'
import { layers } from '../../../../core/layers/registry'
import goldens from '../../../goldens/activations2.json'
import { checkGradients } from '../check-gradient'
import { compareWithPyTorch } from '../compare-golden'
import { compileLayer } from '../compile-layer'

describe('activations with parameters, over an axis, or with settings', () => {
  compareWithPyTorch(goldens.cases)
})

describe('every activation', () => {
  const activations = layers.list.filter((kind) => kind.group === 'Activation')

  it('is there: 22 of them, GELU counted once', () => {
    expect(activations).toHaveLength(22)
  })

  const shapes = [[4], [3, 2], [2, 2, 3]]
  checkGradients(activations.flatMap(({ type }) => shapes.map((shape) => ({ entry: { type }, shape }))))
  checkGradients([
    { entry: { type: 'prelu', slopes: 'per-unit' }, shape: [4] },
    { entry: { type: 'prelu', slopes: 'per-unit' }, shape: [3, 2] },
    { entry: { type: 'prelu', slopes: 'per-unit' }, shape: [2, 2, 3] },
  ])
})

describe('softmax', () => {
  it('does not overflow, and its shares add up to 1', () => {
    const { output } = compileLayer({ type: 'softmax' }, [3], 1).run([1000, 1001, -1000])
    expect([...output].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    expect(output[1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
  })
})

describe('prelu', () => {
  it('starts with slopes of 0.25', () => {
    const { parameters } = compileLayer({ type: 'prelu', slopes: 'per-unit' }, [5, 3], 2)
    expect([...parameters]).toEqual([0.25, 0.25, 0.25])
  })
})

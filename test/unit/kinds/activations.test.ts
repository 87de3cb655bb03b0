import { describe, expect, it } from 'vitest'
import type { Tensor } from '../../../core/graph/graph'
import { layers } from '../../../core/layers/registry'
import first from '../../goldens/activations.json'
import second from '../../goldens/activations2.json'
import { fastBackends } from '../backends/fast-backends'
import { evaluate, expectNear, valueAndDerivative } from './run'

const apply = (type: string, settings = {}) => {
  const { type: _type, ...config } = layers.parse({ type, ...settings })
  const refuse = (): never => {
    throw new Error('an activation uses nothing but its input')
  }
  return (input: Tensor): Tensor =>
    layers.get(type).build({
      ...{ config, input, training: true },
      ...{ parameter: refuse, statistic: refuse, update: refuse, random: refuse, branch: refuse },
    })
}

interface Golden {
  readonly value: number[]
  readonly derivative: number[]
}

const tables: readonly { inputs: number[]; activations: Record<string, Golden> }[] = [first, second]
const goldens = tables.flatMap(({ inputs, activations }) =>
  Object.entries(activations).map(([name, golden]) => ({ name, golden, inputs })),
)
const cases = goldens.map(({ name, ...rest }) => ({
  name,
  ...rest,
  ...(name === 'gelu-tanh'
    ? { type: 'gelu', settings: { approximation: 'tanh' } }
    : { type: name, settings: {} }),
}))

describe('activations', () => {
  it('all have golden numbers', () => {
    const activations = layers.list.filter((kind) => kind.elementwise).map((kind) => kind.type)
    expect(new Set(cases.map(({ type }) => type))).toEqual(new Set(activations))
  })

  it.each(cases)('$name has PyTorch’s values and derivatives', ({ type, settings, golden, inputs }) => {
    const { value, derivative } = valueAndDerivative(inputs, apply(type, settings))
    expectNear(value, golden.value, 1e-6)
    expectNear(derivative, golden.derivative, 1e-6)
  })

  describe.each(fastBackends)('on the fast backend %s', (_, createBackend) => {
    it.each(cases)('$name has them too', ({ type, settings, golden, inputs }) => {
      const { value, derivative } = valueAndDerivative(inputs, apply(type, settings), createBackend())
      expectNear(value, golden.value, 1e-4, 1e-6)
      expectNear(derivative, golden.derivative, 1e-4, 1e-6)
    })
  })

  it.each(cases)('$name stays finite, with finite derivative, far out', ({ type, settings }) => {
    const { value, derivative } = valueAndDerivative([-1e4, -800, 800, 1e4], apply(type, settings))
    expect([...value, ...derivative].every(Number.isFinite)).toBe(true)
  })

  it.each(cases)('$name passes NaN on, so that a broken run is seen', ({ type, settings }) => {
    const { x } = evaluate({ x: { shape: [1, 1], values: [NaN] } }, (_graph, { x }) => ({
      x: apply(type, settings)(x!),
    }))
    expect(x).toEqual([NaN])
  })

  it('leaky-relu and elu use their settings', () => {
    expectNear(valueAndDerivative([-2], apply('leaky-relu', { slope: 0.25 })).value, [-0.5], 1e-15)
    expectNear(valueAndDerivative([-2], apply('elu', { alpha: 3 })).value, [3 * Math.expm1(-2)], 1e-14)
  })
})

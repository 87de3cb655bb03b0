import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { Backend } from '../../../core/backends/backend'
import { fieldsOf } from '../../../core/catalog/form'
import type { TargetDescription } from '../../../core/data/prepared'
import { gradients } from '../../../core/graph/autodiff'
import { Graph } from '../../../core/graph/graph'
import { input, mean } from '../../../core/graph/ops'
import { planGraph } from '../../../core/graph/planner'
import { losses } from '../../../core/losses/registry'
import { createRandom } from '../../../core/random/create-random'
import { fastBackends } from '../backends/fast-backends'

/** Loss and its gradient as a function of the outputs, on one backend. */
function lossOf(type: string, settings: object, rows: number, units: number, backend: Backend) {
  const { type: _type, ...config } = losses.parse({ type, ...settings })
  const graph = new Graph()
  const outputs = input(graph, 'outputs', [rows, units])
  const targets = input(graph, 'targets', [rows, units])
  const loss = mean(losses.get(type).build(config, outputs, targets))
  const plan = planGraph({ graph, outputs: { loss, gradient: gradients(loss, [outputs])[0]! } })
  const program = backend.load(plan, backend.createStore(plan.states))
  return (z: ArrayLike<number>, t: ArrayLike<number>) => {
    program.input('outputs').set(z)
    program.input('targets').set(t)
    program.run({ key: [0, 0], step: 0 })
    return { loss: program.output('loss')[0]!, gradient: [...program.output('gradient')] }
  }
}

/** Targets that fit: numbers (whole and not negative where the loss counts), 0 or 1, or one-hot rows. */
function targetsFor(type: string, rows: number, units: number): number[] {
  const random = createRandom(rows * 10 + units)
  const kind = losses.get(type)
  const target: TargetDescription['type'] = kind.targets[0]!
  if (target === 'category')
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length: units }, (_, unit) => Number(unit === (row * 7 + 1) % units)),
    ).flat()
  return Array.from({ length: rows * units }, (_, i) =>
    target === 'binary' ? i % 2 : kind.leastTarget === 0 ? (i * 3) % 5 : random.normal(),
  )
}

/** Every setting of a loss that its form offers, at values inside its bounds, beside the defaults. */
const settings: Record<string, object[]> = {
  huber: [{ delta: 0.3 }],
  quantile: [{ quantile: 0.85 }],
  'binary-cross-entropy': [{ labelSmoothing: 0.2 }],
  'softmax-cross-entropy': [{ labelSmoothing: 0.2 }],
  'binary-focal': [{ gamma: 0 }, { gamma: 1.5 }],
  'softmax-focal': [{ gamma: 0 }, { gamma: 1.5 }],
  'kullback-leibler': [{ labelSmoothing: 0.2 }],
}

const shapes = (type: string): [number, number][] =>
  losses.get(type).targets[0] === 'category'
    ? [
        [3, 3],
        [5, 4],
        [2, 7],
      ]
    : [
        [3, 1],
        [7, 1],
        [4, 2],
      ]

const cases = losses.list.flatMap(({ type }) =>
  [{}, ...(settings[type] ?? [])].flatMap((config) =>
    shapes(type).map(([rows, units]) => ({ type, config, rows, units })),
  ),
)

describe('the gradient of a loss', () => {
  it('is checked for another value of every setting that any of them has', () => {
    for (const kind of losses.list)
      for (const { name, fallback } of fieldsOf(kind)) {
        const tried = (settings[kind.type] ?? []).map((config) => (config as Record<string, unknown>)[name])
        expect(
          tried.filter((value) => value !== undefined && value !== fallback),
          `${kind.type} ${name}`,
        ).not.toEqual([])
      }
  })

  it.each(cases)('$type $config on $rows x $units is the difference quotient', (setting) => {
    const { type, config, rows, units } = setting
    const measure = lossOf(type, config, rows, units, createReferenceBackend())
    const random = createRandom(units)
    const z = Float64Array.from({ length: rows * units }, () => random.normal() * 1.3)
    const t = targetsFor(type, rows, units)
    const { gradient } = measure(z, t)
    const scale = Math.max(...gradient.map(Math.abs))
    expect(scale).toBeGreaterThan(0)
    const h = 1e-4
    const at = (place: number, change: number): number =>
      measure(
        z.map((value, i) => (i === place ? value + change : value)),
        t,
      ).loss
    gradient.forEach((value, i) => {
      const quotient = (at(i, -2 * h) - 8 * at(i, -h) + 8 * at(i, h) - at(i, 2 * h)) / (12 * h)
      const size = Math.max(Math.abs(value), Math.abs(quotient), 1e-3 * scale)
      expect(Math.abs(value - quotient) / size, `number ${i}`).toBeLessThan(1e-6)
    })
  })

  describe.each(fastBackends)('on the fast backend %s', (_, createBackend) => {
    it.each(cases)('$type $config on $rows x $units is the same', (setting) => {
      const { type, config, rows, units } = setting
      const random = createRandom(units)
      const z = Float32Array.from({ length: rows * units }, () => random.normal() * 1.3)
      const t = Float32Array.from(targetsFor(type, rows, units))
      const exact = lossOf(type, config, rows, units, createReferenceBackend())(z, t)
      const quick = lossOf(type, config, rows, units, createBackend())(z, t)
      const near = (a: number, b: number): void =>
        expect(Math.abs(a - b)).toBeLessThan(1e-4 * Math.max(Math.abs(b), 0.01))
      near(quick.loss, exact.loss)
      quick.gradient.forEach((value, i) => near(value, exact.gradient[i]!))
    })
  })
})

describe('far from the answer', () => {
  const sure = losses.list.filter(({ link }) => link !== 'exp').map(({ type }) => type)

  it.each(sure)('%s stays finite, in float32 too', (type) => {
    const category = losses.get(type).targets[0] === 'category'
    const units = category ? 3 : 1
    const z = category ? [1e4, 0, -1e4, 1e4, 0, -1e4] : [1e4, -1e4]
    const t = category ? [1, 0, 0, 0, 0, 1] : [1, 1]
    for (const backend of [createReferenceBackend(), ...fastBackends.map(([, create]) => create())]) {
      const { loss, gradient } = lossOf(type, {}, 2, units, backend)(z, t)
      expect([loss, ...gradient].every(Number.isFinite)).toBe(true)
      expect(loss).toBeGreaterThan(100)
    }
  })
})

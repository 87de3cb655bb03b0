import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../../core/backends/backend'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { sizeOf, type Shape } from '../../../../core/graph/shape'
import { createRandom } from '../../../../core/random/create-random'
import { fastBackends } from '../../backends/fast-backends'
import goldens from '../../../goldens/spatial.json'
import { feed, loadLayer, resolve, type LayerUse, type Values } from './run-layer'

interface Golden extends LayerUse {
  readonly parameters: Readonly<Record<string, Shape>>
  readonly output: Shape
  readonly value: readonly number[]
  readonly gradients: Readonly<Record<string, readonly number[]>>
}

const golden = (goldens.cases as unknown as readonly Golden[]).map((each) => ({
  ...each,
  name: JSON.stringify(each.settings),
}))

/** The same numbers as the script of the goldens makes. */
function fill(name: string, shape: Shape): number[] {
  const [a, b, m, d] = (goldens.fills as unknown as Record<string, [number, number, number, number]>)[name]!
  return Array.from({ length: sizeOf(shape) }, (_, i) => (((a * i * i + i + b) % m) - Math.floor(m / 2)) / d)
}

const shapesOf = ({ input, parameters }: Golden): [string, Shape][] => [
  ['x', input],
  ...Object.entries(parameters),
]

const feedsOf = (each: Golden): Values =>
  Object.fromEntries(shapesOf(each).map(([name, shape]) => [name, fill(name, shape)]))

/** The largest distance, relative to the largest wanted number. */
function distance(came: ArrayLike<number>, wanted: readonly number[]): number {
  expect(came.length).toBe(wanted.length)
  const scale = Math.max(...wanted.map(Math.abs), 1e-30)
  return Math.max(...wanted.map((value, i) => Math.abs(value - came[i]!) / scale))
}

function compare(each: Golden, backend: Backend, tolerance: number): void {
  const program = loadLayer(each, fill('loss', each.output), backend)
  feed(program, feedsOf(each))
  expect(distance(program.output('y'), each.value), 'value').toBeLessThan(tolerance)
  for (const [name, wanted] of Object.entries(each.gradients))
    expect(distance(program.output(`d ${name}`), wanted), `gradient of ${name}`).toBeLessThan(tolerance)
}

describe('the layers for sequences and images', () => {
  it.each(golden)('$type $input $name has PyTorch’s values and gradients', (each) => {
    const { output, parameters } = resolve(each)
    expect([each.input[0], ...output]).toEqual(each.output)
    expect(Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]))).toEqual(each.parameters)
    compare(each, createReferenceBackend(), 1e-12)
  })

  it.each(golden)('$type $input $name has them in float32 too', (each) => {
    for (const [, createBackend] of fastBackends) compare(each, createBackend(), 1e-5)
  })

  it.each(golden)('$type $input $name agrees with central differences', (each) => {
    const random = createRandom(9)
    const values = Object.fromEntries(
      shapesOf(each).map(([name, shape]) => [
        name,
        Float64Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - 1),
      ]),
    )
    const program = loadLayer(each, fill('loss', each.output), createReferenceBackend())
    feed(program, values)
    const slopes = Object.fromEntries(
      Object.keys(values).map((name) => [name, Float64Array.from(program.output(`d ${name}`))]),
    )
    const lossAt = (name: string, i: number, at: number): number => {
      const own = values[name]!
      const before = own[i]!
      own[i] = at
      feed(program, values)
      own[i] = before
      return program.output('loss')[0]!
    }
    for (const [name, numbers] of Object.entries(values))
      for (let i = 0; i < numbers.length; i++) {
        // Each loss is a line along one number, as long as no other number becomes the largest.
        const h = 1e-4
        const numeric = (lossAt(name, i, numbers[i]! + h) - lossAt(name, i, numbers[i]! - h)) / (2 * h)
        const analytic = slopes[name]![i]!
        expect(Math.abs(numeric - analytic) / Math.max(1, Math.abs(analytic)), `${name}[${i}]`).toBeLessThan(
          1e-8,
        )
      }
  })

  it('has at least three golden cases for each that draws no numbers', () => {
    const counts = new Map<string, number>()
    for (const { type } of golden) counts.set(type, (counts.get(type) ?? 0) + 1)
    expect([...counts.values()].every((count) => count >= 3)).toBe(true)
    expect(counts.size).toBe(13)
  })
})

import { describe, expect, it } from 'vitest'
import type { LayerEntry } from '../../../core/experiment/schema'
import type { Shape } from '../../../core/graph/shape'
import { createRandom } from '../../../core/random/create-random'
import { everyBackend } from '../backends/fast-backends'
import { compileLayer } from './compile-layer'

export interface GradientCase {
  readonly entry: LayerEntry
  readonly shape: Shape
  readonly rows?: number
  /** False where the output does not depend on the input smoothly: ids. */
  readonly byInput?: boolean
}

const widths = [1e-2, 1e-3, 1e-4]

/** The five-point quotient whose step agrees best with its coarser neighbour. Abramowitz and Stegun 25.3.21. */
function quotient(f: (change: number) => number): number {
  const estimates = widths.map((h) => (f(-2 * h) - 8 * f(-h) + 8 * f(h) - f(2 * h)) / (12 * h))
  const [coarse, middle, fine] = estimates as [number, number, number]
  return Math.abs(middle - coarse) < Math.abs(fine - middle) ? middle : fine
}

/** A derivative as a backend has it and as the difference quotient in float64 has it. */
type Pair = readonly [analytic: number, numeric: number]

/** Float64 gradients have to agree number by number; those below a ten-thousandth of the largest are lost in rounding. */
const exactError = (pairs: readonly Pair[], scale: number): number =>
  Math.max(
    ...pairs.map(([a, n]) => Math.abs(a - n) / Math.max(Math.abs(a), Math.abs(n), 1e-4 * scale, 1e-300)),
  )

/** In float32, cancelling sums leave small numbers with few digits of their own. */
const roundError = (pairs: readonly Pair[], scale: number): number =>
  Math.max(...pairs.map(([a, n]) => Math.abs(a - n) / Math.max(scale, 1e-300)))

/** Expects the derivatives for the input and all parameters, as every backend has them, to be the difference quotients in float64. */
export function expectGradients({ entry, shape, rows = 3, byInput = true }: GradientCase): void {
  const layer = compileLayer(entry, shape, rows)
  const random = createRandom(11)
  // As float32 has them, so that all backends have the same.
  const draw = (size: number) => Float64Array.from({ length: size }, () => Math.fround(random.normal()))
  const size = rows * shape.reduce((a, b) => a * b, 1)
  const x = byInput ? draw(size) : Float64Array.from({ length: size }, () => random.integer(5))
  // Off their first values: a bias of 0 hides what multiplies it.
  const parameters = Float64Array.from(layer.parameters, (value) =>
    Math.fround(value + 0.3 * random.normal()),
  )
  layer.parameters = parameters
  const cotangent = draw(rows * layer.outputShape.reduce((a, b) => a * b, 1))
  const moved = (values: Float64Array, i: number, run: (values: Float64Array) => number) =>
    quotient((change) => run(values.map((value, j) => (j === i ? value + change : value))))
  const byInputs = Array.from(byInput ? x : [], (_, i) =>
    moved(x, i, (values) => layer.run(values, cotangent).loss),
  )
  const byParameters = Array.from(parameters, (_, i) =>
    moved(parameters, i, (values) => {
      layer.parameters = values
      return layer.run(x, cotangent).loss
    }),
  )
  const numeric = [...byInputs, ...byParameters]
  for (const [name, createBackend] of everyBackend) {
    const own = compileLayer(entry, shape, rows, { backend: createBackend() })
    own.parameters = parameters
    const { gradients } = own.run(x, cotangent)
    const analytic = [...(byInput ? ['input'] : []), ...own.names].flatMap((part) => [...gradients[part]!])
    expect(analytic.length).toBe(numeric.length)
    const scale = analytic.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
    const pairs = analytic.map((value, i): Pair => [value, numeric[i]!])
    if (name === 'reference') expect(exactError(pairs, scale), name).toBeLessThan(1e-6)
    else expect(roundError(pairs, scale), name).toBeLessThan(1e-4)
  }
}

/** Three settings or shapes at the least for each type. */
export function checkGradients(cases: readonly GradientCase[]): void {
  describe('the gradient agrees with central differences', () => {
    it.each(cases.map((given) => [JSON.stringify(given.entry), given.shape.join(' × '), given] as const))(
      '%s on %s',
      (_entry, _shape, given) => {
        expectGradients(given)
      },
    )

    it('for three shapes or settings of each layer at the least', () => {
      const types = cases.map(({ entry }) => entry.type)
      for (const type of types) expect(types.filter((other) => other === type).length).toBeGreaterThan(2)
    })
  })
}

import { describe, expect, it } from 'vitest'
import type { LayerEntry } from '../../../core/experiment/schema'
import type { Shape } from '../../../core/graph/shape'
import { createRandom } from '../../../core/random/create-random'
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

/** Largest relative error of all derivatives; those below a millionth of the largest are lost in rounding. */
export function gradientError({ entry, shape, rows = 3, byInput = true }: GradientCase): number {
  const layer = compileLayer(entry, shape, rows)
  const random = createRandom(11)
  const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal())
  const size = rows * shape.reduce((a, b) => a * b, 1)
  const x = byInput ? draw(size) : Float64Array.from({ length: size }, () => random.integer(5))
  // Off their first values: a bias of 0 hides what multiplies it.
  const parameters = Float64Array.from(layer.parameters, (value) => value + 0.3 * random.normal())
  layer.parameters = parameters
  const cotangent = draw(rows * layer.outputShape.reduce((a, b) => a * b, 1))
  const { gradients } = layer.run(x, cotangent)
  const pairs: [number, number][] = []
  const moved = (values: Float64Array, i: number, run: (values: Float64Array) => number) =>
    quotient((change) => run(values.map((value, j) => (j === i ? value + change : value))))
  if (byInput)
    gradients.input!.forEach((analytic, i) =>
      pairs.push([analytic, moved(x, i, (values) => layer.run(values, cotangent).loss)]),
    )
  const flat = layer.names.flatMap((name) => [...gradients[name]!])
  flat.forEach((analytic, i) => {
    const numeric = moved(parameters, i, (values) => {
      layer.parameters = values
      return layer.run(x, cotangent).loss
    })
    pairs.push([analytic, numeric])
  })
  const scale = pairs.reduce((largest, [analytic]) => Math.max(largest, Math.abs(analytic)), 0)
  const errors = pairs.map(
    ([a, n]) => Math.abs(a - n) / Math.max(Math.abs(a), Math.abs(n), 1e-4 * scale, 1e-300),
  )
  return Math.max(...errors)
}

/** Three settings or shapes at the least for each type. */
export function checkGradients(cases: readonly GradientCase[]): void {
  describe('the gradient agrees with central differences', () => {
    it.each(cases.map((given) => [JSON.stringify(given.entry), given.shape.join(' × '), given] as const))(
      '%s on %s',
      (_entry, _shape, given) => {
        expect(gradientError(given)).toBeLessThan(1e-6)
      },
    )

    it('for three shapes or settings of each layer at the least', () => {
      const types = cases.map(({ entry }) => entry.type)
      for (const type of types) expect(types.filter((other) => other === type).length).toBeGreaterThan(2)
    })
  })
}

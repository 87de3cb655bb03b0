import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { everyBackend } from '../backends/fast-backends'
import { compileLayer, type CompiledLayer } from './compile-layer'

/** As test/goldens/layer_cases.py writes them. */
export interface GoldenCase {
  readonly name: string
  readonly entry: { readonly type: string }
  readonly shape: number[]
  readonly rows: number
  readonly input: number[]
  readonly parameters: Partial<Record<string, number[]>>
  readonly cotangent: number[]
  readonly output: number[]
  readonly gradients: Partial<Record<string, number[]>>
}

/** How far a backend may be from float64 numbers, by its name. */
const toleranceOf = (name: string): number => (name === 'reference' ? 1e-6 : 1e-4)

export const backends = everyBackend.map(([name, create]): [string, () => Backend, number] => [
  name,
  create,
  toleranceOf(name),
])

const largestOf = (values: readonly number[]): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)

/**
 * In float64 each number has to agree by itself, but for those that are 0 up to rounding. In float32 cancelling sums leave
 * numbers near 0 with few digits of their own, so there the tolerance is a share of the array's largest number.
 * `context` is the size of the numbers that these were made from.
 */
export function expectClose(
  came: ArrayLike<number>,
  wanted: number[],
  tolerance: number,
  what: string,
  context = 0,
): void {
  expect(came.length, what).toBe(wanted.length)
  const scale = Math.max(largestOf(wanted), context / 10)
  wanted.forEach((value, i) => {
    const room = tolerance * (tolerance < 1e-5 ? Math.max(Math.abs(value), 1e-6 * scale) : scale)
    expect(Math.abs(came[i]! - value), `${what}, number ${i}: ${came[i]} for ${value}`).toBeLessThanOrEqual(
      room,
    )
  })
}

/** A golden's layer with its parameters in place. */
export function prepared(golden: GoldenCase, backend: Backend, training = true): CompiledLayer {
  const layer = compileLayer(golden.entry, golden.shape, golden.rows, { training, backend })
  expect([...layer.names].sort()).toEqual(Object.keys(golden.parameters).sort())
  layer.parameters = Float64Array.from(layer.names.flatMap((name) => golden.parameters[name]!))
  return layer
}

/** Forward, input gradient and parameter gradients as PyTorch has them, on every backend. */
export function compareWithPyTorch(cases: readonly GoldenCase[]): void {
  describe.each(backends)('against PyTorch, on the %s backend', (_, createBackend, tolerance) => {
    it.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
      const layer = prepared(golden, createBackend())
      const { output, gradients } = layer.run(golden.input, golden.cotangent)
      expect(output.length).toBe(golden.rows * layer.outputShape.reduce((a, b) => a * b, 1))
      expectClose(output, golden.output, tolerance, 'output')
      const context = largestOf([golden.cotangent, ...Object.values(golden.gradients)].flat().map(Number))
      for (const name of ['input', ...layer.names])
        expectClose(gradients[name]!, golden.gradients[name]!, tolerance, `gradient of ${name}`, context)
    })
  })
}

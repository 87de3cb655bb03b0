import { afterAll, expect } from 'vitest'
import type { Backend } from '../../../../core/backends/backend'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../../core/backends/wasm/wasm-backend'
import { startHelper } from '../../../../core/node/threads/start-helper'
import type { Attributes, Region } from '../../../../core/graph/op'
import type { KernelCall, Plan } from '../../../../core/graph/plan'
import { sizeOf, type Shape } from '../../../../core/graph/shape'

export interface Value {
  readonly shape: Shape
  readonly values: ArrayLike<number>
}

/** A plan of one call, its operands `gap` elements apart, so that an odd gap leaves them unaligned. */
export function singleCall(
  op: KernelCall['op'],
  inputs: readonly Shape[],
  output: Shape,
  attributes: Attributes = {},
  gap = 0,
): Plan {
  let top = gap
  const place = (shape: Shape): Region => {
    const region = { buffer: 'arena', offset: top, shape }
    top += sizeOf(shape) + gap
    return region
  }
  const regions = inputs.map(place)
  const target = place(output)
  return {
    arenaSize: top,
    constants: [],
    inputs: Object.fromEntries(regions.map((region, i) => [`${i}`, region])),
    outputs: { y: target },
    states: {},
    calls: [{ op, inputs: regions, output: target, attributes, node: 0, scope: 'test' }],
  }
}

export const seed = { key: [0x12345678, 0x9abcdef0], step: 3 } as const

/** Output `y` of a plan on a backend, for inputs '0', '1', ... */
export function evaluate(backend: Backend, plan: Plan, inputs: readonly Value[]): Float64Array {
  const program = backend.load(plan, backend.createStore(plan.states))
  inputs.forEach((value, i) => program.input(`${i}`).set(value.values))
  program.run(seed)
  return Float64Array.from(program.output('y'))
}

const reference = createReferenceBackend()
export const wasm = createWasmBackend()
const shared = createWasmBackend({ threads: { count: 2, start: startHelper, leastWork: 0 } })
afterAll(() => shared.close?.())

/**
 * The largest difference between the backends, relative to the largest number of the reference's output. With two threads
 * every bit has to be that of one.
 */
export function difference(plan: Plan, inputs: readonly Value[]): number {
  const expected = evaluate(reference, plan, inputs)
  const actual = evaluate(wasm, plan, inputs)
  expect(evaluate(shared, plan, inputs), 'with two threads').toEqual(actual)
  const scale = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-30)
  return expected.reduce((worst, x, i) => Math.max(worst, Math.abs(x - actual[i]!) / scale), 0)
}

/** Whole-number generator (Lehmer), so that the tests do not rest on the code that they test. */
export function numbers(start = 1): () => number {
  let state = start
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

const next = numbers()

/** float32 numbers from -1 to 1, the same in both backends. */
export const noise = (shape: Shape): Value => ({
  shape,
  values: Float32Array.from({ length: sizeOf(shape) }, () => 2 * next() - 1),
})

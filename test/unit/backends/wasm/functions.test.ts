import { describe, expect, test } from 'vitest'
import type { UnaryOp } from '../../../../core/graph/op'
import { evaluate, numbers, singleCall, wasm } from './plans'

/** erf in float64: its power series near zero, and the continued fraction of erfc further out. */
function erf(x: number): number {
  const size = Math.abs(x)
  if (x === 0) return x
  if (size > 6) return Math.sign(x)
  if (size < 2.5) {
    let term = (2 / Math.sqrt(Math.PI)) * x
    let total = term
    for (let n = 1; n < 100; n++) {
      term *= (-x * x) / n
      total += term / (2 * n + 1)
    }
    return total
  }
  let fraction = size
  for (let n = 200; n > 0; n--) fraction = size + n / 2 / fraction
  return Math.sign(x) * (1 - Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI)))
}

const exact: Partial<Record<UnaryOp, (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  erf,
  sin: Math.sin,
  cos: Math.cos,
}
const names = Object.keys(exact) as UnaryOp[]

function apply(op: UnaryOp, x: Float32Array): Float64Array {
  const shape = [x.length]
  return evaluate(wasm, singleCall(op, [shape], shape), [{ shape, values: x }])
}

/** Distance between neighbouring float32 numbers at y. */
const unitAt = (y: number): number =>
  Math.max(2 ** (Math.floor(Math.log2(Math.max(Math.abs(y), 2 ** -126))) - 23), 2 ** -149)

function worstError(op: UnaryOp, x: Float32Array): { units: number; at: number } {
  let worst = { units: 0, at: NaN }
  apply(op, x).forEach((y, i) => {
    const expected = exact[op]!(x[i]!)
    const units =
      Math.fround(expected) === y || (Number.isNaN(expected) && Number.isNaN(y))
        ? 0
        : Math.abs(y - expected) / unitAt(expected)
    if (!(units <= worst.units)) worst = { units, at: x[i]! }
  })
  return worst
}

/** Numbers of every size and sign, from the bits of float32. */
function everySize(count: number): Float32Array {
  const next = numbers(7)
  const bits = Uint32Array.from({ length: count }, () => Math.floor(next() * 2 ** 32))
  return new Float32Array(bits.buffer).filter((x) => !Number.isNaN(x))
}

const within = (low: number, high: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1))

describe.each(names)('%s', (op) => {
  test.each([
    ['near zero', within(-1.5, 1.5, 60_001)],
    ['at usual sizes', within(-20, 20, 60_001)],
    ['far out', within(-120, 120, 60_001)],
    ['at every size of float32', everySize(200_000)],
  ])('%s is right to two units in the last place', (_, x) => {
    const { units, at } = worstError(op, x)
    expect(units, `at ${at}`).toBeLessThan(2)
  })

  test('is right at zeros, infinities, NaN, denormals and the ends of the range', () => {
    const x = Float32Array.of(
      0,
      -0,
      Infinity,
      -Infinity,
      NaN,
      1e-45,
      -1e-45,
      1e-40,
      3.4e38,
      -3.4e38,
      88.72,
      -103.9,
    )
    const expected = Float64Array.from(x, (value) => exact[op]!(value))
    const y = apply(op, x)
    y.forEach((value, i) => {
      if (Number.isNaN(expected[i]!)) expect(value, `at ${x[i]}`).toBeNaN()
      else if (!Number.isFinite(Math.fround(expected[i]!)) || expected[i] === 0)
        expect(value, `at ${x[i]}`).toBe(Math.fround(expected[i]!))
      else expect(Math.abs(value - expected[i]!) / unitAt(expected[i]!), `at ${x[i]}`).toBeLessThan(2)
    })
  })

  test('gives the same bits in a full vector, in the lanes left over, and for a single number', () => {
    const x = within(-7, 9, 64)
    const whole = apply(op, x)
    for (let count = 1; count < 12; count++) {
      const part = apply(op, x.subarray(20, 20 + count))
      expect(part).toEqual(whole.slice(20, 20 + count))
    }
  })
})

test('sign keeps zeros and NaN', () => {
  expect([...apply('sign', Float32Array.of(-3, 2, 0, -0, NaN, Infinity))]).toEqual([-1, 1, 0, -0, NaN, 1])
})

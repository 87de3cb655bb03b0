import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaleFloat, splitFloat } from '../../../core/numerics/binary'
import { cos, cosLimit } from '../../../core/numerics/cos'
import { exp } from '../../../core/numerics/exp'
import { log } from '../../../core/numerics/log'
import { power } from '../../../core/numerics/power'

/** How many float64 numbers lie between a and b (both of one sign). */
function ulps(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0
  const bits = (x: number): bigint => new BigInt64Array(new Float64Array([x]).buffer)[0]!
  return Math.abs(Number(bits(a) - bits(b)))
}

/** Math's own functions may be off by one unit, so two stands for "at most one unit of error each". */
function near(came: number, wanted: number): void {
  expect(ulps(came, wanted), `${came} for ${wanted}`).toBeLessThanOrEqual(2)
}

const runs = { numRuns: 20_000, seed: 1 }
const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

describe('log', () => {
  it('agrees with Math.log over the whole range, and close to 1', () => {
    fc.assert(
      fc.property(between(Number.MIN_VALUE, Number.MAX_VALUE), (x) => near(log(x), Math.log(x))),
      runs,
    )
    fc.assert(
      fc.property(between(0.5, 2), (x) => near(log(x), Math.log(x))),
      runs,
    )
    for (const x of [1 - 2 ** -53, 1 + 2 ** -52, 1 + 1e-9, 1 - 1e-9, Math.E, 10]) near(log(x), Math.log(x))
  })

  it('knows its special values', () => {
    expect([log(1), log(0), log(-0), log(Infinity)]).toEqual([0, -Infinity, -Infinity, Infinity])
    expect([log(-1), log(-Infinity), log(NaN)]).toEqual([NaN, NaN, NaN])
  })
})

describe('exp', () => {
  it('agrees with Math.exp over the whole range, and close to 0', () => {
    fc.assert(
      fc.property(between(-745, 709.78), (x) => near(exp(x), Math.exp(x))),
      runs,
    )
    fc.assert(
      fc.property(between(-1, 1), (x) => near(exp(x), Math.exp(x))),
      runs,
    )
  })

  it('knows its special values', () => {
    expect([exp(0), exp(-0), exp(-Infinity), exp(-1e9), exp(Infinity), exp(1e9), exp(NaN)]).toEqual([
      1,
      1,
      0,
      0,
      Infinity,
      Infinity,
      NaN,
    ])
  })
})

describe('cos', () => {
  it('agrees with Math.cos up to its limit', () => {
    fc.assert(
      fc.property(between(-10, 10), (x) => near(cos(x), Math.cos(x))),
      runs,
    )
    fc.assert(
      fc.property(between(-cosLimit, cosLimit), (x) => near(cos(x), Math.cos(x))),
      runs,
    )
  })

  it('keeps its digits where the result is nearly 0', () => {
    for (let k = 1; k < 600_000; k += 7) near(cos((k * Math.PI) / 2), Math.cos((k * Math.PI) / 2))
  })

  it('knows its special values', () => {
    expect([cos(0), cos(Math.PI), cos(Infinity), cos(NaN)]).toEqual([1, -1, NaN, NaN])
    expect(() => cos(2 * cosLimit)).toThrow(RangeError)
  })
})

describe('power', () => {
  /** base^exponent rounded once, by whole numbers: base = n / 2^shift. */
  function exactPower(base: number, exponent: number): number {
    const { mantissa, exponent: scale } = splitFloat(base)
    const n = BigInt(mantissa * 2 ** 52) ** BigInt(exponent)
    const surplus = Math.max(0, n.toString(2).replace('-', '').length - 60)
    return scaleFloat(Number(n / 2n ** BigInt(surplus)), surplus + (scale - 52) * exponent)
  }

  it('agrees with exact whole-number arithmetic', () => {
    fc.assert(
      fc.property(between(0.5, 1.5), fc.integer({ min: 1, max: 400 }), (base, exponent) =>
        near(power(base, exponent), exactPower(base, exponent)),
      ),
      { numRuns: 2000, seed: 1 },
    )
    for (const t of [1, 2, 3, 10, 1000, 9999])
      for (const beta of [0.9, 0.999, 0.99]) near(power(beta, t), exactPower(beta, t))
  })

  it('takes negative exponents and bases, and never overflows on the way', () => {
    expect(power(2, -3)).toBe(0.125)
    expect(power(-2, 3)).toBe(-8)
    expect(power(1e300, 2)).toBe(Infinity)
    expect(power(1e-200, 2)).toBe(0)
    expect(power(2, 1023)).toBe(2 ** 1023)
    expect(power(2, -1074)).toBe(Number.MIN_VALUE)
    expect(power(0.999, 2 ** 40)).toBe(0)
  })

  it('has the special values of Math.pow', () => {
    for (const base of [0, -0, 1, -1, Infinity, -Infinity, NaN])
      for (const exponent of [-3, -2, 0, 1, 2, 3])
        expect(power(base, exponent)).toBe(Math.pow(base, exponent))
    expect(() => power(2, 0.5)).toThrow(RangeError)
  })
})

describe('taking a float apart', () => {
  it('and putting it together gives the same number', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => x !== 0)
    fc.assert(
      fc.property(finite, (x) => {
        const { mantissa, exponent } = splitFloat(x)
        expect(Math.abs(mantissa)).toBeGreaterThanOrEqual(1)
        expect(Math.abs(mantissa)).toBeLessThan(2)
        expect(scaleFloat(mantissa, exponent)).toBe(x)
      }),
      { numRuns: 5000, seed: 1 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { slopeOf } from '../../../core/calculus/slope'

const relu = (x: number): number => Math.max(x, 0)

const smooth: [string, (x: number) => number, number][] = [
  ['a line', (x) => 3 + 2 * x, 2],
  ['a parabola', (x) => 1 + x + 5 * x * x, 1],
  ['sin x + 1', (x) => Math.sin(x) + 1, 1],
  ['exp 3x', (x) => Math.exp(3 * x), 3],
  ['a swift wave on a slope', (x) => 1 + 0.5 * x + 1e-3 * Math.sin(100 * x), 0.6],
  ['tanh of a steep line', (x) => Math.tanh(40 * x + 0.3), 40 / Math.cosh(0.3) ** 2],
  ['a constant', () => 0.7, 0],
  ['a small slope on a large number', (x) => 50 + 1e-3 * x + x ** 3, 1e-3],
  ['the fourth power of ReLU', (x) => 1 + 2 * x + relu(x) ** 4, 2],
]

describe('the slope of a smooth function', () => {
  it.each(smooth)('%s', (_name, f, wanted) => {
    const { numeric, jump, doubt } = slopeOf(f, 0)
    expect([jump, doubt]).toEqual([0, 0])
    expect(Math.abs(numeric - wanted)).toBeLessThan(1e-8 * Math.max(Math.abs(wanted), 1e-3))
  })

  it.each([1e-2, 1e-3, 1e-4, 1e-5])('is found beside a kink at a distance of %d', (distance) => {
    for (const side of [-1, 1]) {
      const f = (x: number): number => Math.cos(x) + 0.5 * x + 2 * relu(side * x - distance)
      const { numeric, jump } = slopeOf(f, 0)
      expect(jump).toBe(0)
      expect(Math.abs(numeric - 0.5)).toBeLessThan(1e-8)
    }
  })
})

describe('a kink', () => {
  const kinks: [string, (x: number) => number, number, number][] = [
    ['ReLU', (x) => 1 + relu(x), 0, 1],
    ['an absolute value in something curved', (x) => Math.exp(x) + 0.1 * Math.abs(x), 0.9, 1.1],
    ['leaky ReLU, small beside the rest', (x) => 5 + 1e-3 * (x > 0 ? x : 0.1 * x), 1e-4, 1e-3],
    ['the larger of two waves', (x) => Math.max(Math.sin(x), Math.sin(2 * x)) + 3, 1, 2],
  ]

  it.each(kinks)('of %s is told from both sides', (_name, f, left, right) => {
    const slope = slopeOf(f, 0)
    expect(Math.abs(slope.left - left)).toBeLessThan(1e-6)
    expect(Math.abs(slope.right - right)).toBeLessThan(1e-6)
    // Told at the step where the sides agree best.
    expect(Math.abs(slope.jump / (right - left) - 1)).toBeLessThan(0.1)
  })

  it('nearer than steps can tell is one, or leaves a doubt, and never a wrong slope', () => {
    for (const distance of [3e-6, 1e-6, 3e-7, 1e-7, 1e-8, 1e-10]) {
      const { numeric, jump, doubt } = slopeOf((x) => 1 + x + 0.5 * relu(x - distance), 0)
      expect([distance, jump > 0.1 || Math.abs(numeric - 1) <= Math.max(doubt, 1e-9)]).toEqual([
        distance,
        true,
      ])
    }
  })
})

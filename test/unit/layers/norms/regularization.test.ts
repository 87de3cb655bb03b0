import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../core/random/create-random'
import { checkGradients } from '../check-gradient'
import { compileLayer } from '../compile-layer'

const size = 40_000
const random = createRandom(9)
const normal = Float64Array.from({ length: size }, () => random.normal())

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length
const variance = (values: ArrayLike<number>): number =>
  mean(Array.from(values, (x) => x * x)) - mean(values) ** 2

describe('regularization', () => {
  checkGradients(
    ['alpha-dropout', 'gaussian-noise', 'dropout'].flatMap((type) => [
      { entry: { type }, shape: [4] },
      { entry: { type }, shape: [3, 2] },
      { entry: { type, [type === 'gaussian-noise' ? 'deviation' : 'rate']: 0.4 }, shape: [2, 2, 2] },
    ]),
  )

  it.each(['alpha-dropout', 'gaussian-noise'])('%s does nothing outside training', (type) => {
    const layer = compileLayer({ type }, [size], 1, { training: false })
    expect([...layer.run(normal).output]).toEqual([...normal])
  })

  it.each(['alpha-dropout', 'gaussian-noise'])('%s draws anew in every step', (type) => {
    const layer = compileLayer({ type, ...(type === 'alpha-dropout' && { rate: 0.5 }) }, [50], 1)
    const [first, again, second] = [1, 1, 2].map((step) => [
      ...layer.run(normal.slice(0, 50), undefined, step).output,
    ])
    expect(again).toEqual(first)
    expect(second).not.toEqual(first)
  })
})

describe('alpha dropout', () => {
  const rate = 0.3
  const { output } = compileLayer({ type: 'alpha-dropout', rate }, [size], 1).run(normal)

  it('keeps mean 0 and variance 1', () => {
    expect(Math.abs(mean(output))).toBeLessThan(5 / Math.sqrt(size))
    expect(Math.abs(variance(output) - 1)).toBeLessThan(0.03)
  })

  it('gives a x + b or a α′ + b with PyTorch’s a, b and α′', () => {
    const alpha = -1.7580993408473766
    const a = 1 / Math.sqrt((alpha ** 2 * rate + 1) * (1 - rate))
    const b = -a * alpha * rate
    let dropped = 0
    output.forEach((y, i) => {
      const kept = Math.abs(y - (a * normal[i]! + b)) < 1e-12
      if (!kept) {
        dropped++
        expect(y).toBeCloseTo(a * alpha + b, 12)
      }
    })
    expect(Math.abs(dropped - rate * size)).toBeLessThan(5 * Math.sqrt(size * rate * (1 - rate)))
  })
})

describe('gaussian noise', () => {
  it('has mean 0, the wanted deviation and the kurtosis of a normal draw', () => {
    const { output } = compileLayer({ type: 'gaussian-noise', deviation: 2 }, [size], 1).run(
      new Float64Array(size),
    )
    const fourth = mean(Array.from(output, (x) => x ** 4)) / variance(output) ** 2
    expect(Math.abs(mean(output))).toBeLessThan((5 * 2) / Math.sqrt(size))
    expect(Math.abs(variance(output) - 4)).toBeLessThan(5 * 4 * Math.sqrt(2 / size))
    expect(Math.abs(fourth - 3)).toBeLessThan(0.2)
  })
})

import { describe, expect, it } from 'vitest'
import { LabError } from '../../../../core/errors/lab-error'
import { everyBackend } from '../../backends/fast-backends'
import goldens from '../../../goldens/attention.json'
import { checkGradients } from '../check-gradient'
import { compareWithPyTorch } from '../compare-golden'
import { compileLayer, networkOf } from '../compile-layer'

describe('embedding, positional encoding and attention', () => {
  compareWithPyTorch(goldens.cases)

  checkGradients([
    { entry: { type: 'self-attention' }, shape: [3, 2] },
    { entry: { type: 'self-attention', heads: 2 }, shape: [4, 4] },
    { entry: { type: 'self-attention', heads: 3, causal: true }, shape: [3, 3] },
    { entry: { type: 'self-attention', heads: 2, causal: true, dropout: 0.4 }, shape: [4, 2] },
    { entry: { type: 'positional-encoding' }, shape: [4, 3] },
    { entry: { type: 'positional-encoding' }, shape: [2, 4] },
    { entry: { type: 'positional-encoding' }, shape: [1, 1] },
    { entry: { type: 'embedding', vocabulary: 5, dimensions: 2 }, shape: [3], byInput: false },
    { entry: { type: 'embedding', vocabulary: 9, dimensions: 1 }, shape: [1], byInput: false },
    { entry: { type: 'embedding', vocabulary: 2, dimensions: 3 }, shape: [4], byInput: false },
    { entry: { type: 'embedding', column: 2, vocabulary: 3, dimensions: 2 }, shape: [3], byInput: false },
  ])
})

describe('embedding', () => {
  it.each(everyBackend)(
    'rounds ids, and takes the nearest for those beyond the vocabulary (%s)',
    (_, createBackend) => {
      const entry = { type: 'embedding', vocabulary: 4, dimensions: 1 }
      const layer = compileLayer(entry, [8], 1, { backend: createBackend() })
      layer.parameters = Float64Array.from([10, 11, 12, 13])
      const { output, gradients } = layer.run([0, 1.4, 1.6, 3, 4, 1e9, -5, NaN])
      expect([...output]).toEqual([10, 11, 12, 13, 13, 13, 10, 10])
      expect([...gradients.table!]).toEqual([3, 1, 1, 3])
    },
  )

  it('refuses the number of an input that is not there', () =>
    expect(() => networkOf({ type: 'embedding', column: 4 }, [3])).toThrow(LabError))

  it('starts normal with deviation 1, as PyTorch’s', () => {
    const { parameters } = compileLayer({ type: 'embedding', vocabulary: 4000, dimensions: 2 }, [1], 1)
    const variance = [...parameters].reduce((total, x) => total + x * x, 0) / parameters.length
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / parameters.length))
  })
})

describe('dropout of attention', () => {
  const [steps, features] = [8, 4]
  const input = Float64Array.from({ length: steps * features }, (_, i) => ((i * 29) % 23) / 7 - 1.5)
  const entry = (dropout: number) => ({ type: 'self-attention', heads: 2, dropout })
  /** The same parameters for each rate, since they come from one seed. */
  const outputs = (dropout: number, draws: number, training = true): Float64Array[] => {
    const layer = compileLayer(entry(dropout), [steps, features], 1, { training })
    return Array.from({ length: draws }, (_, step) =>
      Float64Array.from(layer.run(input, undefined, step).output),
    )
  }
  const whole = outputs(0, 1)[0]!

  it.each([0.1, 0.5, 0.8])('of %d has the mean of attention without it', (rate) => {
    const draws = 2000
    const made = outputs(rate, draws)
    whole.forEach((wanted, i) => {
      const mean = made.reduce((sum, output) => sum + output[i]!, 0) / draws
      const variance = made.reduce((sum, output) => sum + (output[i]! - mean) ** 2, 0) / draws
      expect(variance).toBeGreaterThan(0)
      expect(Math.abs(mean - wanted), `number ${i}`).toBeLessThan(5 * Math.sqrt(variance / draws))
    })
  })

  it('silences whole weights: with equal keys and one value a step, an output is how many were kept', () => {
    const layer = compileLayer({ type: 'self-attention', dropout: 0.25 }, [steps, 1], 1)
    // Query, key, value, output: weights [1, 1] and a bias each. Equal scores; values 1; the output passes them on.
    layer.parameters = Float64Array.from([0, 0, 0, 0, 0, 1, 1, 0])
    for (let step = 0; step < 20; step++)
      for (const value of layer.run(new Float64Array(steps), undefined, step).output)
        expect(value * steps * 0.75).toBeCloseTo(Math.round(value * steps * 0.75), 12)
    const [first, again, other] = [1, 1, 2].map((step) => [
      ...layer.run(new Float64Array(steps), undefined, step).output,
    ])
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('does nothing outside training', () => {
    expect(outputs(0.9, 1, false)[0]).toEqual(whole)
  })
})

describe('causal attention', () => {
  it('lets no later step change an earlier one', () => {
    const layer = compileLayer({ type: 'self-attention', causal: true }, [4, 2], 1)
    const before = layer.run([1, 2, 3, 4, 5, 6, 7, 8]).output
    const after = layer.run([1, 2, 3, 4, -9, 6, 0, 8]).output
    expect([...after.slice(0, 4)]).toEqual([...before.slice(0, 4)])
    expect(after[4]).not.toBe(before[4])
  })

  it('refuses heads that do not divide the features, and tells which do', () => {
    try {
      networkOf({ type: 'self-attention', heads: 4 }, [5, 6])
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(LabError)
      expect((error as LabError).advice).toBe('Take one of 1, 2, 3, 6.')
    }
  })
})

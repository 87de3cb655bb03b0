import { describe, expect, test } from 'vitest'
import type { Pair, WindowAttributes } from '../../../../core/graph/op'
import type { ConvolutionName, Plan } from '../../../../core/graph/plan'
import type { Shape } from '../../../../core/graph/shape'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { difference, evaluate, noise, singleCall, wasm, type Value } from './plans'

interface Case {
  readonly image: Shape
  readonly count: Pair
  readonly windows: WindowAttributes
}

const windows = (kernel: Pair, stride: Pair, dilation: Pair, before: Pair): WindowAttributes => ({
  kernel,
  stride,
  dilation,
  before,
})

const cases: Case[] = [1, 2, 3, 4, 5, 8, 19].flatMap((c): Case[] => [
  { image: [2, 6, 7, c], count: [4, 5], windows: windows([3, 3], [1, 1], [1, 1], [0, 0]) },
  { image: [2, 6, 7, c], count: [6, 7], windows: windows([3, 3], [1, 1], [1, 1], [1, 1]) },
  { image: [3, 8, 8, c], count: [4, 4], windows: windows([2, 2], [2, 2], [1, 1], [0, 0]) },
  { image: [1, 7, 9, c], count: [4, 3], windows: windows([3, 2], [2, 4], [2, 3], [2, 1]) },
  { image: [2, 1, 11, c], count: [1, 11], windows: windows([1, 5], [1, 1], [1, 1], [0, 2]) },
  // Wider than the image on both sides, and one window wholly beyond the edge.
  { image: [1, 2, 3, c], count: [3, 3], windows: windows([2, 7], [2, 3], [1, 1], [1, 2]) },
  { image: [1, 2, 3, c], count: [1, 1], windows: windows([2, 4], [1, 1], [5, 7], [0, 2]) },
])

const outputs = ({ image, count, windows: { kernel } }: Case): { taken: Shape; spread: Shape } => ({
  taken: [image[0]!, ...count, image[3]!],
  spread: [image[0]!, ...count, ...kernel, image[3]!],
})

const shapesOf = (values: readonly Value[]): Shape[] => values.map(({ shape }) => shape)

/** Rounded so that many numbers of one window are equal. */
const coarse = ({ shape, values }: Value): Value => ({
  shape,
  values: Float32Array.from(values, (x) => Math.round(x * 2)),
})

describe('windows over images agree with the reference', () => {
  test.each(cases)('$image, $count windows, $windows', (each) => {
    const { image, windows } = each
    const attributes = { ...windows }
    const { taken, spread } = outputs(each)
    for (const gap of [0, 1, 3]) {
      const values = coarse(noise(image))
      expect(difference(singleCall('patches', [image], spread, attributes, gap), [values])).toBe(0)
      const fold = singleCall('foldPatches', [spread], image, attributes, gap)
      expect(difference(fold, [noise(spread)])).toBeLessThan(1e-6)
      const pick = singleCall('pickLargest', [image, image], taken, attributes, gap)
      expect(difference(pick, [values, noise(image)])).toBe(0)
      const put = singleCall('placeLargest', [image, taken], image, attributes, gap)
      expect(difference(put, [values, noise(taken)])).toBeLessThan(1e-6)
    }
  })

  test.each(cases)('convolutions over $image, $count windows, $windows', ({ image, count, windows }) => {
    const attributes = { ...windows, count }
    const taps = windows.kernel[0] * windows.kernel[1] * image[3]!
    const rows = image[0]! * count[0] * count[1]
    for (const filters of [1, 5, 17])
      for (const gap of [0, 1]) {
        const [x, weights, y] = [noise(image), noise([taps, filters]), noise([rows, filters])]
        const agree = (op: ConvolutionName, inputs: readonly Value[], output: Shape): void => {
          const plan = singleCall(op, shapesOf(inputs), output, attributes, gap)
          expect(difference(plan, inputs), op).toBeLessThan(1e-5)
        }
        agree('convolve', [x, weights], [rows, filters])
        agree('convolve', [x, weights, noise([1, filters])], [rows, filters])
        agree('convolveWeights', [x, y], [taps, filters])
        agree('convolveInput', [y, weights], image)
      }
  })

  test.each(cases)('nothing is written behind them: $image, $windows', (each) => {
    const { image, windows } = each
    const { spread } = outputs(each)
    for (const [op, from, to] of [
      ['patches', image, spread],
      ['foldPatches', spread, image],
    ] as const) {
      const plan = singleCall(op, [from], to, { ...windows })
      const behind = { buffer: 'arena', offset: plan.arenaSize, shape: [20] }
      const guarded: Plan = {
        ...plan,
        arenaSize: plan.arenaSize + 20,
        inputs: { ...plan.inputs, 1: behind },
        outputs: { y: behind },
      }
      const guard = noise([20])
      expect([...evaluate(wasm, guarded, [noise(from), guard])], op).toEqual(Array.from(guard.values))
    }
  })

  test('the first of equal numbers is taken, and NaN is passed on', () => {
    const image: Shape = [1, 1, 4, 1]
    const attributes = { ...windows([1, 2], [1, 2], [1, 1], [0, 0]) }
    const pick = singleCall('pickLargest', [image, image], [1, 1, 2, 1], attributes)
    const places: Value = { shape: image, values: [10, 11, 12, 13] }
    for (const backend of [wasm, createReferenceBackend()]) {
      expect([...evaluate(backend, pick, [{ shape: image, values: [5, 5, 1, 2] }, places])]).toEqual([10, 13])
      expect([...evaluate(backend, pick, [{ shape: image, values: [NaN, 5, 1, NaN] }, places])]).toEqual([
        10, 13,
      ])
      const lowest = [-Infinity, -Infinity, -1, -Infinity]
      expect([...evaluate(backend, pick, [{ shape: image, values: lowest }, places])]).toEqual([10, 12])
    }
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spreadConvolutions } from '../../../../core/backends/native/spread-convolutions'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import type { Pair } from '../../../../core/graph/op'
import type { ConvolutionName, Plan } from '../../../../core/graph/plan'
import type { Shape } from '../../../../core/graph/shape'
import { evaluate, noise, singleCall } from '../wasm/plans'

const reference = createReferenceBackend()

const pair = (least: number, most: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))

const cases = fc.record({
  images: fc.integer({ min: 1, max: 7 }),
  channels: fc.integer({ min: 1, max: 3 }),
  filters: fc.integer({ min: 1, max: 4 }),
  count: pair(1, 4),
  kernel: pair(1, 3),
  stride: pair(1, 2),
  dilation: pair(1, 2),
  before: pair(0, 1),
  activation: fc.constantFrom(undefined, 'none', 'relu'),
  gap: fc.integer({ min: 0, max: 3 }),
})

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never

function shapesOf({ images, channels, filters, count, kernel }: Case): Record<string, Shape> {
  const taps = kernel[0] * kernel[1] * channels
  return {
    x: [images, 5, 6, channels],
    y: [images * count[0] * count[1], filters],
    weights: [taps, filters],
    bias: [1, filters],
  }
}

function planOf(op: ConvolutionName, each: Case): Plan {
  const { x, y, weights, bias } = shapesOf(each)
  const { kernel, stride, dilation, before, count, activation, gap } = each
  const windows = { kernel, stride, dilation, before, count }
  if (op === 'convolveInput') return singleCall(op, [y!, weights!], x!, windows, gap)
  if (op === 'convolveWeights') return singleCall(op, [x!, y!], weights!, windows, gap)
  return activation === undefined
    ? singleCall(op, [x!, weights!], y!, windows, gap)
    : singleCall(op, [x!, weights!, bias!], y!, { ...windows, activation }, gap)
}

it.each(['convolve', 'convolveInput', 'convolveWeights'] as const)(
  '%s is the same product with windows spread out, however many at a time',
  (op) => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1, 100, 400, 1e6), (each, atATime) => {
        const plan = planOf(op, each)
        const spread = spreadConvolutions(plan, atATime)
        const inputs = plan.calls[0]!.inputs.map(({ shape }) => noise(shape))
        const [wanted, came] = [plan, spread].map((one) => evaluate(reference, one, inputs))
        const products = spread.calls.filter((call) => call.op === 'matmul' || call.op === 'dense')
        if (atATime === 1) expect(products).toHaveLength(each.images)
        if (atATime === 1e6) expect(products).toHaveLength(1)
        expect(spread.calls.some((call) => call.op === op)).toBe(false)
        wanted!.forEach((value, i) => expect(came![i]).toBeCloseTo(value, 12))
      }),
      { numRuns: 150, seed: 7 },
    )
  },
)

it('leaves windows of which one image has too many to the kernels', () => {
  const windows = { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], before: [1, 1], count: [512, 512] }
  const shapes = [
    [1, 512, 512, 16],
    [144, 8],
  ]
  const plan = singleCall('convolve', shapes, [512 * 512, 8], windows)
  expect(spreadConvolutions(plan)).toEqual(plan)
})

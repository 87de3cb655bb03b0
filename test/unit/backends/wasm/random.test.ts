import { expect, test } from 'vitest'
import { createReferenceBackend } from '../../../../core/backends/reference/reference-backend'
import { evaluate, singleCall, wasm } from './plans'

// The reference's numbers come from core/random, which has its own test against the published vectors.
const reference = createReferenceBackend()

test.each([1, 2, 7, 8, 9, 16, 1001])('%i random numbers are the reference’s to the bit', (count) => {
  for (const stream of [0, 5])
    for (const gap of [0, 1]) {
      const plan = singleCall('random', [], [count], { stream }, gap)
      expect(evaluate(wasm, plan, [])).toEqual(evaluate(reference, plan, []))
    }
})

test('the same seed repeats, another step does not', () => {
  const plan = singleCall('random', [], [100], { stream: 1 })
  const program = wasm.load(plan, wasm.createStore({}))
  const run = (step: number): number[] => {
    program.run({ key: [0xffffffff, 0x80000000], step })
    return Array.from(program.output('y'))
  }
  const first = run(0)
  expect(run(1)).not.toEqual(first)
  expect(run(0)).toEqual(first)
  expect(Math.min(...first)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...first)).toBeLessThan(1)
})

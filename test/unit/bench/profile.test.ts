import { expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import type { KernelCall } from '../../../core/graph/plan'
import { profileRows, feeding } from '../../../core/node/bench/profile'
import { profileTable } from '../../../core/node/bench/profile-table'
import { prepareSteps } from '../../../core/training/steps'
import { stopwatchBackend } from '../../../core/node/bench/stopwatch-backend'
import { preparedOf } from '../../../core/node/bench/workload-data'
import { experimentOf, workloads } from '../../../core/node/bench/workloads'
import { createRandom } from '../../../core/random/create-random'

/** A workload on few rows and one epoch of them. */
function material(id: string, rows: number) {
  const workload = workloads.find((one) => one.id === id)!
  const data = preparedOf(workload, workload.recipe(rows, createRandom(5)))
  return { data, experiment: experimentOf({ ...workload, batchSize: 16 }) }
}

/** Seconds that pass by one at each look. */
function countingClock(): () => number {
  let now = 0
  return () => now++
}

it.each<[string, () => Backend]>([
  ['wasm', createWasmBackend],
  ['reference', createReferenceBackend],
])(
  '%s: a step run part by part gives the same bits, and every call of the plan is in one part',
  (_, make) => {
    for (const id of ['w1', 'w6']) {
      const { experiment, data } = material(id, 32)
      const watch = stopwatchBackend(make(), countingClock())
      const [whole, cut] = [make(), watch.backend].map((backend) => {
        const steps = prepareSteps({ experiment, data, backend })
        steps.begin(3)
        steps.epoch()
        steps.epoch()
        return steps.score().loss
      })
      expect(cut).toBe(whole)
      const times = watch.times.filter(({ runs }) => runs > 0)
      expect(times.length).toBeGreaterThan(10)
      for (const { calls } of times) expect(calls.length).toBeGreaterThan(0)
    }
  },
)

const call = (
  op: KernelCall['op'],
  scope: string,
  shapes: readonly number[][],
  attributes = {},
): KernelCall => {
  const regions = shapes.map((shape) => ({ buffer: 'arena', offset: 0, shape }))
  return { op, scope, inputs: regions.slice(0, -1), output: regions.at(-1)!, attributes, node: 0 }
}

it('puts calls of one kernel, layer and shape in one row; shares make 1 and the rest is feeding', () => {
  const product = call(
    'matmul',
    '1.dense',
    [
      [30, 8],
      [30, 4],
      [8, 4],
    ],
    { transposeA: true },
  )
  const step = call('add', '2.gru', [
    [4, 4],
    [4, 4],
    [4, 4],
  ])
  const rows = profileRows(
    [
      { calls: [product], runs: 10, seconds: 2 },
      { calls: [step], runs: 10, seconds: 1 },
      { calls: [step], runs: 10, seconds: 3 },
      { calls: [step, step], runs: 0, seconds: 0 },
    ],
    10,
    8,
  )
  expect(rows.map(({ kernel, layer, shape, calls, share }) => [kernel, layer, shape, calls, share])).toEqual([
    ['add', '2.gru', '4×4', 2, 0.5],
    ['matmul Aᵀ·B', '1.dense', '8×30×4', 1, 0.25],
    [feeding, 'data', '', 1, 0.25],
  ])
  // 10 products of 2 x 8 x 30 x 4 operations in 2 seconds.
  expect(rows[1]!.gigaflops).toBeCloseTo((10 * 2 * 8 * 30 * 4) / 2 / 1e9, 15)
  expect(rows[0]!.gigaflops).toBeNull()
})

it('writes a table whose columns stand under each other, with what is small put together', () => {
  const row = { layer: 'loss', shape: '4', calls: 1, seconds: 1e-6, gigaflops: null }
  const table = profileTable([
    { ...row, kernel: ['multiply', 'add', 'sqrt', 'divide', 'subtract'].join('+'), share: 0.999 },
    { ...row, kernel: 'sum', share: 0.0004 },
    { ...row, kernel: 'max', share: 0.0006 },
  ])
  const lines = table.split('\n')
  expect(lines).toHaveLength(3)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[1]).toContain('multiply … subtract (5 in one)')
  expect(lines[2]).toMatch(/^2 others .* 0\.1 %/)
})

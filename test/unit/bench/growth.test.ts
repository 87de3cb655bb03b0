import { describe, expect, it } from 'vitest'
import { standalone, lightTheme } from '../../../core/charts/theme'
import { createTrainingBackend } from '../../../core/node/backend'
import { growthChart } from '../../../core/node/bench/growth-chart'
import { growthAxes, growthPoint } from '../../../core/node/bench/growth'
import { profileSteps } from '../../../core/node/bench/profile'
import { preparedOf } from '../../../core/node/bench/workload-data'
import { experimentOf } from '../../../core/node/bench/workloads'
import { createRandom } from '../../../core/random/create-random'

const clock = (): number => performance.now() / 1000

describe('how a step grows', () => {
  it.each(growthAxes)('with $id: operations are those that the plan of the step has', (axis) => {
    const value = axis.values[1]!
    const workload = axis.workload(value)
    const experiment = experimentOf(workload)
    const data = preparedOf(workload, workload.recipe(workload.rows, createRandom(1)))
    const training = { experiment, data, backend: createTrainingBackend() }
    const { stepFlops } = profileSteps(training, { seconds: 0.01, clock })
    const point = growthPoint(axis, value, { backend: 'wasm', clock })
    expect(point).toEqual({ value, seconds: expect.any(Number) as number, flops: stepFlops })
    expect(point.seconds).toBeGreaterThan(0)
  })

  it('covers the ranges that are asked for', () => {
    const ends = growthAxes.map(({ id, values }) => [id, values[0], values.at(-1)])
    expect(ends).toEqual([
      ['width', 8, 2048],
      ['depth', 1, 32],
      ['batch', 1, 4096],
      ['rows', 1000, 1_000_000],
    ])
  })

  it('is drawn in one panel an axis, in microseconds', () => {
    const points = [1, 2].map((value) => ({ value, seconds: value * 1e-6, flops: value * 1000 }))
    const growths = growthAxes.map(({ id, title }) => ({ id, title, points }))
    const { grid, series } = growthChart(growths, standalone(lightTheme)) as {
      grid: unknown[]
      series: { data: number[][] }[]
    }
    expect(grid).toHaveLength(growthAxes.length)
    expect(series[0]!.data).toEqual([
      [1, 1],
      [2, 2],
    ])
  })
})

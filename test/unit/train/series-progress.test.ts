import { expect, it } from 'vitest'
import { seriesProgress } from '../../../renderer/panels/train/series/series-progress'
import type { MemberProgress, Series } from '../../../renderer/stores/series'

const start = {
  type: 'start',
  backend: 'wasm',
  epochs: 10,
  stepsPerEpoch: 5,
  parameters: 1,
  metrics: ['loss'],
  monitor: 'loss',
} as const
const under = (step: number): MemberProgress => ({
  start: { ...start, rows: { train: 1, validation: 1, test: 1 } },
  step: { type: 'step', step, epoch: 1, batch: 1, batches: 5, loss: 1, learningRate: 1 },
})
const given = (done: number, running: Map<number, MemberProgress>, took: number | null = null) => ({
  results: Array.from({ length: done }) as unknown as Series['results'],
  running,
  wish: { type: 'folds' as const, count: 4 },
  began: 1000,
  took,
})

it('counts trainings that are under way by their steps, and goes on at the same pace', () => {
  const running = new Map([
    [2, under(25)],
    [3, under(0)],
  ])
  // One and a half of four in 30 seconds: two and a half more in 50.
  expect(seriesProgress(given(1, running), 31_000)).toEqual({ share: 0.375, elapsed: 30, left: 50 })
})

it('says nothing of the time left before it can, nor at the end', () => {
  expect(seriesProgress(given(0, new Map()), 5000)).toEqual({ share: 0, elapsed: 4, left: null })
  expect(seriesProgress(given(4, new Map(), 12_000), 99_000)).toEqual({ share: 1, elapsed: 12, left: null })
})

import { describe, expect, test } from 'vitest'
import type { EpochEvent, StartEvent, StepEvent } from '../../../core/training/events'
import { formatDuration, formatRate, progressOf } from '../../../renderer/panels/train/progress'

const start: StartEvent = {
  type: 'start',
  backend: 'wasm',
  epochs: 10,
  stepsPerEpoch: 4,
  parameters: 1,
  rows: { train: 100, validation: 0, test: 0 },
  metrics: ['loss'],
  monitor: 'loss',
}
const epoch = (number: number, seconds: number): EpochEvent => ({
  type: 'epoch',
  epoch: number,
  step: number * 4,
  seconds,
  learningRate: 0.1,
  train: { loss: 1 },
  validation: null,
  best: true,
})
const step = (number: number): StepEvent => ({
  type: 'step',
  step: number,
  epoch: Math.ceil(number / 4),
  batch: ((number - 1) % 4) + 1,
  batches: 4,
  loss: 1,
  learningRate: 0.1,
})

describe('progress of a run', () => {
  test('before anything was told it is at nothing of what was asked for', () => {
    const now = progressOf({ start: null, epochs: [], lastStep: null, wanted: 50 })
    expect(now).toMatchObject({ epoch: 0, epochs: 50, share: 0, elapsed: null, left: null })
  })

  test('time left is the steps that are left at the pace of the epochs done', () => {
    const epochs = [epoch(1, 2), epoch(2, 4)]
    const now = progressOf({ start, epochs, lastStep: step(10), wanted: 10 })
    // 0.5 s a step; 10 of 40 steps done
    expect(now.share).toBeCloseTo(0.25)
    expect(now.elapsed).toBeCloseTo(5)
    expect(now.left).toBeCloseTo(15)
    expect(now.samplesPerSecond).toBeCloseTo(50)
    expect(now.epoch).toBe(3)
  })

  test('the pace is that of the latest epochs when a computer gets slower', () => {
    const epochs = Array.from({ length: 30 }, (_, i) => epoch(i + 1, i < 9 ? 0.001 * i : 0.008 + (i - 9) * 4))
    const now = progressOf({ start: { ...start, epochs: 40 }, epochs, lastStep: step(120), wanted: 40 })
    expect(now.left).toBeCloseTo(40, 1)
  })

  test('an unready clock gives no pace instead of an infinite one', () => {
    const now = progressOf({ start, epochs: [epoch(1, 0)], lastStep: step(4), wanted: 10 })
    expect([now.left, now.samplesPerSecond]).toEqual([null, null])
  })
})

test('durations are read at a glance', () => {
  expect([0.123, 4.56, 12.3, 59.7, 185, 7800, null].map(formatDuration)).toEqual([
    '0.12 s',
    '4.6 s',
    '12 s',
    '1 min 00 s',
    '3 min 05 s',
    '2 h 10 min',
    '–',
  ])
  expect(formatRate(12_345)).toBe('12,300')
})

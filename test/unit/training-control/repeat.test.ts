import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { studentBound, studentWithin } from '../../../core/numerics/student-t'
import { prepareData } from '../../../core/data/prepare'
import { crossValidate } from '../../../core/training/cross-validation'
import { repeatMembers, repeatTraining } from '../../../core/training/repeat'
import { judgedSplit, summarize, type MemberResult, type SeriesEvent } from '../../../core/training/series'
import { spreadOf } from '../../../core/training/spread'
import { createTrainer } from '../../../core/training/trainer'
import { experimentOn, pageOf, tableOf } from '../data/tables'
import { tickingClock } from '../training/problem'

describe("Student's t", () => {
  // Fisher & Yates, "Statistical Tables", table III, as every textbook has them.
  it.each([
    [1, 0.95, 12.7062],
    [2, 0.95, 4.3027],
    [3, 0.95, 3.1824],
    [4, 0.95, 2.7764],
    [9, 0.95, 2.2622],
    [30, 0.95, 2.0423],
    [120, 0.95, 1.9799],
    [5, 0.99, 4.0321],
    [10, 0.5, 0.6998],
  ])('with %i degrees lies within the tabled bound for %f', (degrees, share, bound) => {
    expect(studentBound(share, degrees)).toBeCloseTo(bound, 4)
    expect(studentWithin(studentBound(share, degrees), degrees)).toBeCloseTo(share, 12)
  })
})

describe('the spread of values', () => {
  it('is that worked out by hand', () => {
    // 2 4 4 6 9: mean 5; squares 9 1 1 1 16 = 28; s = √(28 / 4) = 2.6458; 2.7764 · 2.6458 / √5 = 3.2852.
    const { count, mean, deviation, halfWidth } = spreadOf([2, 4, 4, 6, 9])
    expect([count, mean]).toEqual([5, 5])
    expect(deviation).toBeCloseTo(2.6458, 4)
    expect(halfWidth).toBeCloseTo(3.2852, 3)
  })

  it('leaves out what is not defined, and says nothing where there is too little', () => {
    expect(spreadOf([1, null, 3, undefined, NaN])).toMatchObject({ count: 2, mean: 2 })
    expect(spreadOf([7])).toEqual({ count: 1, mean: 7, deviation: null, halfWidth: null })
    expect(spreadOf([null])).toEqual({ count: 0, mean: null, deviation: null, halfWidth: null })
  })
})

const x = Array.from({ length: 40 }, (_, row) => String(row % 20))
const table = tableOf({ x, y: x.map((cell, row) => (Number(cell) + (row % 3) > 10 ? 'yes' : 'no')) })
const experiment = experimentOn(
  { columns: { y: { role: 'target' } } },
  { training: { epochs: 3, seed: 4294967295, earlyStopping: { patience: 2 } } },
)
const host = () => ({ createBackend: createReferenceBackend, clock: tickingClock() })
const resultsOf = (events: Iterable<SeriesEvent>): MemberResult[] =>
  [...events].flatMap((event) => (event.type === 'result' ? [event.result] : []))

describe('repeats', () => {
  it('count the seeds up from the own one; the first is the experiment itself', () => {
    const results = resultsOf(repeatTraining({ table, experiment, times: 3, varySplit: false }, host()))
    expect(results.map(({ seed, splitSeed }) => [seed, splitSeed])).toEqual([
      [4294967295, 1],
      [0, 1],
      [1, 1],
    ])
    expect(new Set(results.map(({ fingerprint }) => fingerprint)).size).toBe(3)
    const data = prepareData(table, experiment)
    const alone = createTrainer({ experiment, data, ...host(), backend: createReferenceBackend() })
    const end = [...alone.events].at(-1)
    expect(end).toMatchObject({ type: 'end', fingerprint: results[0]!.fingerprint })
  })

  it('change the split only when asked to', () => {
    const tests = (varySplit: boolean) =>
      [...repeatMembers({ table, experiment, times: 3, varySplit })].map(({ data }) =>
        [...data.splits.test].join(),
      )
    expect(new Set(tests(false)).size).toBe(1)
    expect(new Set(tests(true)).size).toBe(3)
    const data = { ...experiment.data, split: { ...experiment.data.split, strategy: 'sequential' as const } }
    const fixed = { ...experiment, data }
    const page = pageOf(() => [...repeatMembers({ table, experiment: fixed, times: 2, varySplit: true })])
    expect(page.code).toBe('split-fixed')
  })
})

describe('cross-validation', () => {
  it('judges every row once, and its accuracy is that of all folds together', () => {
    const results = resultsOf(crossValidate({ table, experiment, folds: 4 }, host()))
    expect(results.map(({ number }) => number)).toEqual([1, 2, 3, 4])
    expect(results.reduce((sum, { rows }) => sum + rows.test, 0)).toBe(40)
    expect(results.every((result) => judgedSplit(result) === 'test')).toBe(true)
    const { accuracy, loss } = summarize(results, 'test')
    const hits = results.reduce((sum, { metrics, rows }) => sum + metrics.test!.accuracy! * rows.test, 0)
    expect(accuracy!.mean).toBeCloseTo(hits / 40, 12)
    expect(loss!.count).toBe(4)
  })
})

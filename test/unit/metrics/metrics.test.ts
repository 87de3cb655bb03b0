import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TargetDescription } from '../../../core/data/prepared'
import { confusion } from '../../../core/metrics/confusion'
import type { Scored } from '../../../core/metrics/metric'
import { metrics } from '../../../core/metrics/registry'
import { metricsFor, score, scoredParts, scoreOne } from '../../../core/metrics/score'
import goldens from '../../goldens/metrics.json'
import several from '../../goldens/several_targets.json'

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `class ${i}`)

function targetOf(classes: number): TargetDescription {
  if (classes > 2) return { type: 'category', column: 'c', classes: names(classes) }
  return { type: 'binary', column: 'c', classes: ['class 0', 'class 1'] }
}

/** Rows of probabilities for all classes, as the lab encodes them: one unit where there are two classes. */
function scoredClasses(
  classes: number,
  truth: readonly number[],
  probabilities: readonly number[][],
): Scored {
  const units = classes === 2 ? 1 : classes
  const oneHot = truth.map((t) => names(classes).map((_, k) => (t === k ? 1 : 0)))
  const pack = (rows: readonly number[][]): Float64Array =>
    Float64Array.from(rows.flatMap((row) => row.slice(-units)))
  const base = { target: targetOf(classes), rows: truth.length, units }
  return { ...base, predictions: pack(probabilities), truth: pack(oneHot) }
}

const scoredNumbers = (predicted: readonly number[], truth: readonly number[]): Scored => ({
  target: { type: 'number', column: 'y' },
  rows: truth.length,
  units: 1,
  predictions: Float64Array.from(predicted),
  truth: Float64Array.from(truth),
})

const compute = (type: string, scored: Scored): number => metrics.get(type).compute(scored)

describe.each(goldens.classification)('metrics of $name', (golden) => {
  const scored = scoredClasses(golden.classes, golden.truth, golden.probabilities)

  it.each(Object.entries(golden.metrics))('%s is scikit-learn’s', (type, value) => {
    expect(compute(type, scored)).toBeCloseTo(value, 12)
  })

  it('the confusion matrix is scikit-learn’s', () => {
    expect(confusion(scored)).toEqual(golden.confusion)
  })
})

describe('metrics of numbers', () => {
  const { truth, predicted, metrics: wanted } = goldens.regression
  it.each(Object.entries(wanted))('%s is scikit-learn’s', (type, value) => {
    expect(compute(type, scoredNumbers(predicted, truth))).toBeCloseTo(value, 12)
  })

  it('mape leaves rows out whose true value is 0', () => {
    expect(compute('mape', scoredNumbers([5, 3], [0, 2]))).toBe(0.5)
    expect(compute('mape', scoredNumbers([5], [0]))).toBeNaN()
  })

  it('r2 is not defined where the truth does not vary', () => {
    expect(compute('r2', scoredNumbers([1, 2, 3], [0.1, 0.1, 0.1]))).toBeNaN()
  })
})

describe('metrics of several targets', () => {
  const columns = ['a', 'b', 'c']
  const targets = {
    numbers: { type: 'numbers', parts: columns.map((column) => ({ type: 'number', column })) },
    labels: {
      type: 'labels',
      parts: columns.map((column) => ({ type: 'binary', column, classes: ['no', 'yes'] })),
    },
  } as const satisfies Record<string, TargetDescription>

  it.each(['numbers', 'labels'] as const)('of %s are scikit-learn’s, of all and of each', (kind) => {
    const { truth, predicted, all, each } = several.scores[kind]
    const scored: Scored = {
      target: targets[kind],
      ...{ rows: truth.length, units: 3 },
      predictions: Float64Array.from(predicted.flat()),
      truth: Float64Array.from(truth.flat()),
    }
    const close = (values: object, wanted: object): void =>
      Object.entries(wanted).forEach(([type, value]) =>
        expect((values as Record<string, number>)[type], type).toBeCloseTo(value as number, 12),
      )
    close(score(scored), all)
    Object.entries(all).forEach(([type, value]) =>
      expect(scoreOne(type, scored), type).toBeCloseTo(value, 12),
    )
    scoredParts(scored).forEach((part, i) => close(score(part), each[i]!))
  })

  it('leave a target out of the mean that has no score of its own', () => {
    const scored: Scored = {
      target: targets.numbers,
      ...{ rows: 2, units: 3 },
      predictions: Float64Array.of(1, 2, 5, 3, 4, 5),
      truth: Float64Array.of(1, 2, 5, 3, 5, 5),
    }
    expect(score(scored).r2).toBeCloseTo((1 + (1 - 1 / 4.5)) / 2, 12)
  })
})

describe('metrics of classes', () => {
  it('all metrics have golden numbers', () => {
    const known = [
      ...Object.keys(goldens.classification[0]!.metrics),
      ...Object.keys(goldens.regression.metrics),
      ...Object.keys(several.scores.labels.all),
    ]
    expect(new Set(known)).toEqual(new Set(metrics.list.map((metric) => metric.type)))
  })

  it('areas of one class alone are not defined', () => {
    const scored = scoredClasses(
      2,
      [0, 0],
      [
        [0.4, 0.6],
        [0.2, 0.8],
      ],
    )
    expect([compute('rocAuc', scored), compute('prAuc', scored)]).toEqual([NaN, NaN])
    expect(compute('balancedAccuracy', scored)).toBe(0)
  })

  it('the ROC area is the share of pairs in the right order, ties counting half', () => {
    const row = fc.record({ hit: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: 0, max: 8 }) })
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const yes = rows.filter(({ hit }) => hit === 1)
        const no = rows.filter(({ hit }) => hit === 0)
        const points = yes.flatMap((a) => no.map((b) => (Math.sign(a.score - b.score) + 1) / 2))
        const wanted = points.reduce((total, point) => total + point, 0) / points.length
        const scored = scoredClasses(
          2,
          rows.map(({ hit }) => hit),
          rows.map(({ score }) => [1 - score / 8, score / 8]),
        )
        if (points.length === 0) expect(compute('rocAuc', scored)).toBeNaN()
        else expect(compute('rocAuc', scored)).toBeCloseTo(wanted, 12)
      }),
    )
  })

  it('a perfect prediction has the best value of every metric', () => {
    const truth = [0, 1, 2, 2, 1, 0]
    const perfect = scoredClasses(
      3,
      truth,
      truth.map((t) => [0, 1, 2].map((k) => (k === t ? 1 : 0))),
    )
    for (const metric of metricsFor(perfect.target)) expect(metric.compute(perfect), metric.type).toBe(1)
    const numbers = scoredNumbers([1, 2, 4], [1, 2, 4])
    for (const metric of metricsFor(numbers.target))
      expect(metric.compute(numbers), metric.type).toBe(metric.better === 'higher' ? 1 : 0)
  })
})

describe('score', () => {
  it('gives the metrics that fit the target, in order', () => {
    expect(Object.keys(score(scoredNumbers([1], [2])))).toEqual(['rmse', 'mae', 'mape', 'r2'])
    expect(Object.keys(score(scoredClasses(2, [1], [[0, 1]])))).toEqual([
      'accuracy',
      'balancedAccuracy',
      'precisionMacro',
      'recallMacro',
      'f1Macro',
      'rocAuc',
      'prAuc',
    ])
  })

  it('gives null where a metric is not defined', () => {
    expect(score(scoredNumbers([1], [2]))).toEqual({ rmse: 1, mae: 1, mape: 0.5, r2: null })
    expect(Object.values(score(scoredNumbers([], [])))).toEqual([null, null, null, null])
    expect(new Set(Object.values(score(scoredClasses(2, [], []))))).toEqual(new Set([null]))
  })

  it('gives null for everything when a prediction is not a number', () => {
    const scored = scoredClasses(
      3,
      [0, 1],
      [
        [NaN, NaN, NaN],
        [0, 1, 0],
      ],
    )
    expect(new Set(Object.values(score(scored)))).toEqual(new Set([null]))
    expect(score(scoredNumbers([Infinity, 1], [1, 2]))).toEqual({
      rmse: null,
      mae: null,
      mape: null,
      r2: null,
    })
  })
})

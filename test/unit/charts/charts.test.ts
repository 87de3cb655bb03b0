import { describe, expect, test } from 'vitest'
import type { ChartKind } from '../../../core/charts/chart'
import { classBalance } from '../../../core/charts/class-balance'
import { confusionMatrix } from '../../../core/charts/confusion-matrix'
import { learningRate } from '../../../core/charts/learning-rate'
import { lossCurves } from '../../../core/charts/loss-curves'
import { metricCurve } from '../../../core/charts/metric-curve'
import { predictedVersusActual } from '../../../core/charts/predicted-versus-actual'
import { charts } from '../../../core/charts/registry'
import { rateFinder } from '../../../core/charts/rate-finder'
import { residuals } from '../../../core/charts/residuals'
import { seriesSpread } from '../../../core/charts/series-spread'
import { darkTheme, lightTheme, standalone } from '../../../core/charts/theme'
import { judgeSweep, usualSweep, type RatePoint } from '../../../core/training/rate-finder'
import type { EpochEvent } from '../../../core/training/events'
import { batchesOf, classNames, confusionOf, epochsOf, pointsOf } from './feeds'
import { render } from './render'

/** Each chart with the data that could trouble it. */
interface Trial {
  readonly name: string
  readonly kind: ChartKind<never>
  readonly feed: unknown
}

const views = [
  { scale: 'linear', smoothing: 0 },
  { scale: 'log', smoothing: 0.9 },
] as const

const without = (event: EpochEvent): EpochEvent => ({ ...event, validation: null })
const broken = (event: EpochEvent): EpochEvent =>
  event.epoch % 3
    ? event
    : { ...event, train: { loss: null, accuracy: null }, validation: { loss: Infinity } }
const zero = (event: EpochEvent): EpochEvent => ({
  ...event,
  train: { loss: 0, accuracy: 1 },
  validation: { loss: -1, accuracy: 1 },
})
const histories: [string, EpochEvent[]][] = [
  ['nothing', []],
  ['one epoch', epochsOf(1)],
  ['one epoch without validation', epochsOf(1, without)],
  ['gaps', epochsOf(20, broken)],
  ['zeros', epochsOf(20, zero)],
  ['many', epochsOf(6000)],
]

const trial = <Feed>(kind: ChartKind<Feed>, name: string, feed: Feed): Trial => ({ kind, name, feed })
const nan = [{ truth: NaN, prediction: 1, row: 1 }]
const same = [1, 2, 3].map((row) => ({ truth: 5, prediction: 5, row }))
const sweep = (loss: (i: number) => number | null): RatePoint[] =>
  Array.from({ length: 200 }, (_, i) => ({
    rate: 10 ** (-6 + (6 * i) / 199),
    loss: loss(i),
    smoothed: loss(i),
  }))
const sweeps = {
  'no point': [],
  'one point': sweep(() => 1).slice(0, 1),
  'a flat curve': sweep(() => 1),
  'a curve that blows up': sweep((i) => (i < 150 ? 2 - i / 100 : 10 ** (i - 150))),
  'an end that is no number': sweep((i) => (i < 100 ? 2 - i / 100 : null)).slice(0, 101),
  'losses below 0': sweep((i) => -i),
}
const series = {
  'no training': [],
  'one training': [0.9],
  'two trainings': [0.9, 0.95],
  'ten trainings': [0.9, 0.95, 0.91, 0.99, 1, 0.93, 0.94, 0.9, 0.9, 0.97],
  'the same of all': [1, 1, 1, 1, 1],
  'values that are not there': [null, NaN, 0.5, null],
}
const trials: Trial[] = [
  ...histories.flatMap(([name, epochs]) =>
    views.flatMap((view) => [
      trial(lossCurves, `${name}, ${view.scale}`, { epochs, batches: batchesOf(epochs.length * 4), view }),
      trial(metricCurve, `${name}, ${view.scale}`, {
        epochs,
        metric: 'accuracy',
        label: 'Accuracy',
        share: true,
        view,
      }),
      trial(learningRate, `${name}, ${view.scale}`, { epochs, batches: [], view }),
    ]),
  ),
  ...[2, 3, 12, 13, 30].map((size) =>
    trial(confusionMatrix, `${size} classes`, {
      classes: classNames(size),
      counts: confusionOf(size),
      split: 'test',
    }),
  ),
  trial(confusionMatrix, 'no rows', {
    classes: ['a', 'b'],
    counts: [
      [0, 0],
      [0, 0],
    ],
    split: 'test',
  }),
  trial(confusionMatrix, 'no counts', { classes: ['a', 'b'], counts: [], split: 'test' }),
  ...[[], nan, same, pointsOf(1), pointsOf(300), pointsOf(2000)].flatMap((points, i) =>
    [predictedVersusActual, residuals].map((kind) =>
      trial(kind, `points ${i}`, { points, target: 'y', split: 'test' }),
    ),
  ),
  ...Object.entries(sweeps).map(([name, points]) =>
    trial(rateFinder, name, { finding: judgeSweep(points, usualSweep) }),
  ),
  ...Object.entries(series).flatMap(([name, values]) =>
    [true, false].map((share) =>
      trial(seriesSpread, `${name}, ${share ? 'a share' : 'a number'}`, {
        word: 'fold',
        label: 'Accuracy',
        share,
        members: values.map((value, i) => ({ number: i + 1, values: { train: 1, test: value } })),
      }),
    ),
  ),
  trial(classBalance, 'nothing', { classes: [], balance: { train: [], validation: [], test: [] } }),
  trial(classBalance, 'one class', { classes: ['a'], balance: { train: [1], validation: [0], test: [0] } }),
]

test('every chart of the registry is tried', () => {
  expect(new Set(trials.map(({ kind }) => kind.id))).toEqual(new Set(charts.map(({ id }) => id)))
})

describe.each(trials)('$kind.id with $name', ({ kind, feed }) => {
  test.each([lightTheme, darkTheme])('draws without complaint in the $name theme', (theme) => {
    const { svg, complaints } = render(kind.option(feed as never, standalone(theme)))
    expect(complaints).toEqual([])
    expect(svg).toContain(theme.surface)
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('its table has as many cells in each row as names, and only plain values', () => {
    const { header, rows } = kind.table(feed as never)
    for (const row of rows) expect(row).toHaveLength(header.length)
    expect(rows.flat().every((cell) => cell === null || ['string', 'number'].includes(typeof cell))).toBe(
      true,
    )
  })

  test('it says in words what it shows', () => {
    const words = kind.describe(feed as never)
    expect(words).toMatch(/^[A-Z].*\.$/)
    expect(words).not.toMatch(/NaN|Infinity|undefined|null/)
  })
})

test('a name from a data file is text in the picture, never markup', () => {
  const feed = { classes: ['<b onload="x">&', 'b'], counts: confusionOf(2), split: 'test' }
  const { svg } = render(confusionMatrix.option(feed, lightTheme))
  expect(svg).not.toContain('<b ')
  expect(svg).toContain('&lt;b')
})

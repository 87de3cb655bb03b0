import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrast, rampColor, readableOn } from '../../../core/charts/color'
import { confusionMatrix } from '../../../core/charts/confusion-matrix'
import { toCsv } from '../../../core/charts/csv'
import { formatNumber, formatShare } from '../../../core/charts/format'
import { histogram } from '../../../core/charts/histogram'
import { bestEpoch, toHistory } from '../../../core/charts/history'
import { lossCurves } from '../../../core/charts/loss-curves'
import { decimate, smooth, type Point } from '../../../core/charts/points'
import { predictedVersusActual } from '../../../core/charts/predicted-versus-actual'
import { runCharts } from '../../../core/charts/run-charts'
import { darkTheme, lightTheme } from '../../../core/charts/theme'
import { classification, epochsOf, pointsOf, regression } from './feeds'

interface Drawn {
  readonly id?: string
  readonly data: Point[]
  readonly markLine?: { readonly data: unknown[] }
}
const seriesOf = (option: { series?: unknown }): Drawn[] => option.series as Drawn[]
const linear = { scale: 'linear', smoothing: 0 } as const

describe('points', () => {
  test('thinning keeps the highest, the lowest, both ends and gaps', () => {
    const points: Point[] = Array.from({ length: 50_000 }, (_, i) => [i, Math.sin(i / 900)])
    points[12_345] = [12_345, 99]
    points[23_456] = [23_456, -99]
    points[34_567] = [34_567, null]
    const kept = decimate(points)
    expect(kept.length).toBeLessThanOrEqual(2000)
    for (const i of [0, 12_345, 23_456, 34_567, 49_999]) expect(kept).toContainEqual(points[i])
    expect(kept.map(([x]) => x)).toEqual([...kept.map(([x]) => x)].sort((a, b) => a - b))
  })

  test('the moving average of a constant is that constant from the first point on', () => {
    const points: Point[] = [1, 2, 3, 4].map((x) => [x, x === 3 ? null : 7])
    const smoothed = smooth(points, 0.9).map(([, y]) => y)
    expect(smoothed[2]).toBeNull()
    for (const i of [0, 1, 3]) expect(smoothed[i]).toBeCloseTo(7, 12)
  })

  test('the moving average after two points is (β y1 + y2) / (β + 1)', () => {
    const [, second] = smooth([[1, 10], [2, 4]], 0.5) // prettier-ignore
    expect(second![1]).toBeCloseTo((0.5 * 10 + 4) / 1.5, 12)
  })
})

describe('loss curves', () => {
  const feed = { epochs: epochsOf(60), batches: [], view: linear }

  test('draw both splits as they were measured and mark the best epoch', () => {
    const [train, validation] = seriesOf(lossCurves.option(feed, lightTheme))
    expect(train!.data).toEqual(feed.epochs.map((event) => [event.epoch, event.train.loss]))
    expect(validation!.data).toEqual(feed.epochs.map((event) => [event.epoch, event.validation!.loss]))
    expect(train!.markLine!.data).toMatchObject([{ xAxis: bestEpoch(feed.epochs)!.epoch }])
  })

  test('have a faint line as measured and a strong one when smoothed', () => {
    const drawn = seriesOf(
      lossCurves.option({ ...feed, view: { scale: 'linear', smoothing: 0.9 } }, lightTheme),
    )
    expect(drawn.map(({ id }) => id)).toEqual([
      'quiet:Training',
      'Training',
      'quiet:Validation',
      'Validation',
    ])
    expect(drawn[0]!.data[5]).toEqual([6, feed.epochs[5]!.train.loss])
    expect(drawn[1]!.data[5]![1]).not.toBeCloseTo(feed.epochs[5]!.train.loss!, 3)
  })

  test('leave out on a log scale what has no logarithm', () => {
    const epochs = epochsOf(3, (event) => ({ ...event, train: { loss: event.epoch - 2 } }))
    const [train] = seriesOf(
      lossCurves.option({ ...feed, epochs, view: { ...linear, scale: 'log' } }, lightTheme),
    )
    expect(train!.data.map(([, y]) => y)).toEqual([null, null, 1])
  })

  test('tell the numbers of the feed in words', () => {
    const words = lossCurves.describe(feed)
    expect(words).toContain('60 epochs')
    expect(words).toContain(`epoch ${bestEpoch(feed.epochs)!.epoch}`)
    expect(words).toContain(formatNumber(feed.epochs.at(-1)!.validation!.loss))
  })
})

describe('confusion matrix', () => {
  const feed = { classes: ['a', 'b', 'c'], counts: [[8, 2, 0], [0, 5, 0], [1, 4, 0]], split: 'test' } // prettier-ignore

  test('says how many are right and the most frequent mistake', () => {
    expect(confusionMatrix.describe(feed)).toBe(
      'Confusion matrix of 20 test rows: 13 right (65.0 %). Most frequent mistake: c taken for b (4).',
    )
  })

  test('has the true classes as rows', () => {
    expect(confusionMatrix.table(feed).rows[0]).toEqual(['a', 8, 2, 0])
  })

  test('colours a cell by its share of the row', () => {
    const cells = (confusionMatrix.option(feed, lightTheme).series as { data: { value: number[] }[] }[])[0]!
      .data
    expect(cells.map(({ value }) => value)).toContainEqual([1, 2, 0.8])
  })

  test.each([lightTheme, darkTheme])('is readable in every cell of the $name theme', ({ ramp, muted }) => {
    for (let share = 0; share <= 1; share += 0.01) {
      const ground = rampColor(ramp, share)
      expect(contrast(readableOn(ground), ground)).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(muted, ramp[0]!)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('predictions', () => {
  const feed = { points: pointsOf(200), target: 'y', split: 'test' }

  test('have the same range on both axes, with every point in it', () => {
    const { xAxis, yAxis } = predictedVersusActual.option(feed, lightTheme) as Record<
      'xAxis' | 'yAxis',
      { min: number; max: number }
    >
    expect([xAxis.min, xAxis.max]).toEqual([yAxis.min, yAxis.max])
    const values = feed.points.flatMap(({ truth, prediction }) => [truth, prediction])
    expect(xAxis.min).toBeLessThan(Math.min(...values))
    expect(xAxis.max).toBeGreaterThan(Math.max(...values))
  })

  test('every residual is in one bin of the histogram', () => {
    const values = feed.points.map(({ truth, prediction }) => truth - prediction)
    const bins = histogram(values)
    expect(bins.reduce((total, { count }) => total + count, 0)).toBe(values.length)
    for (const { from, to, count } of bins)
      expect(values.filter((value) => value >= from && value < to)).toHaveLength(count)
  })

  test.each([[[3, 3, 3]], [[0.1, 0.2, 0.30000000000000004]], [[-1e9, 1e9]], [[1e-12, 2e-12]]])(
    'the bins of %j hold all of them',
    (values) => {
      const bins = histogram(values)
      expect(bins.reduce((total, { count }) => total + count, 0)).toBe(values.length)
      expect(bins[0]!.from).toBeLessThanOrEqual(Math.min(...values))
      expect(bins.at(-1)!.to).toBeGreaterThan(Math.max(...values))
    },
  )
})

describe('the charts of a run', () => {
  const history = { metrics: ['loss', 'accuracy'], epochs: epochsOf(5), batches: [], changes: [] }

  test('a classification has curves and one matrix for each split with rows', () => {
    expect(runCharts(history, classification).map(({ id }) => id)).toEqual([
      'loss-curves',
      'metric-accuracy',
      'learning-rate',
      'confusion-matrix-train',
      'confusion-matrix-test',
    ])
  })

  test('a regression has predictions and residuals', () => {
    const ids = runCharts({ ...history, metrics: ['loss', 'rmse'] }, regression).map(({ id }) => id)
    expect(ids).toContain('predicted-versus-actual-test')
    expect(ids).toContain('residuals-validation')
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('before an evaluation there are the curves alone', () => {
    expect(runCharts(history, null)).toHaveLength(3)
  })

  test('the history of events holds epochs, and batches at their place between epochs', () => {
    const [epoch] = epochsOf(1)
    const start = { type: 'start', backend: 'wasm', epochs: 9, stepsPerEpoch: 4, parameters: 1, rows: { train: 1, validation: 0, test: 0 }, metrics: ['loss', 'rmse'], monitor: 'loss' } as const // prettier-ignore
    const step = {
      type: 'step',
      step: 6,
      epoch: 2,
      batch: 2,
      batches: 4,
      loss: 3,
      learningRate: 0.1,
    } as const
    expect(toHistory([start, epoch!, step])).toEqual({
      metrics: ['loss', 'rmse'],
      changes: [],
      epochs: [epoch],
      batches: [{ epoch: 1.5, loss: 3, learningRate: 0.1 }],
    })
  })
})

test('numbers are short, true and have a real minus sign', () => {
  expect([0.123456, -2, 1234.5678, 123456, 1e-7, 1.5e12, 0].map((value) => formatNumber(value))).toEqual(
    ['0.1235', '−2', '1235', '123456', '1e−7', '1.5e12', '0'], // prettier-ignore
  )
  expect([null, undefined, NaN, -Infinity].map((value) => formatNumber(value))).toEqual(['–', '–', '–', '−∞'])
  expect(formatShare(0.9666)).toBe('96.7 %')
  expect([999.99, 116004.055].map(formatShare)).toEqual(['99999.0 %', '1.16e7 %'])
})

test('CSV quotes what must be quoted and keeps every digit', () => {
  const rows = [['a "b", c', 0.1 + 0.2, null]] as const
  expect(toCsv({ header: ['x', 'y', 'z'], rows })).toBe('x,y,z\r\n"a ""b"", c",0.30000000000000004,\r\n')
})

test('the series colours are the tokens of the window', () => {
  const css = readFileSync(new URL('../../../renderer/styles/tokens.css', import.meta.url), 'utf8')
  const [light, dark] = css.split('@media (prefers-color-scheme: dark)') as [string, string]
  const token = (sheet: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(sheet)?.[1]
  for (const [sheet, theme] of [
    [light, lightTheme],
    [dark, darkTheme],
  ] as const)
    // prettier-ignore
    expect([theme.surface, theme.text, theme.muted, theme.train, theme.validation, theme.test]).toEqual(
      ['surface', 'text', 'text-muted', 'series-1', 'series-2', 'series-3'].map((name) => token(sheet, name)),
    )
})

test('marks of changes that stand too close for a number each share one, on the side where it leans to', () => {
  const changes = [1, 2, 40, 60, 98, 99, 100].map((epoch) => {
    const place = { type: 'change', epoch, batch: 1, batches: 5, step: 5 * (epoch - 1) } as const
    return { ...place, set: { batchSize: epoch } }
  })
  const feed = { epochs: epochsOf(100), batches: [], changes, view: linear }
  const marks = seriesOf(lossCurves.option(feed, lightTheme)).flatMap(({ markLine }) => markLine?.data ?? [])
  const labels = (marks as { label: { formatter: string; show: boolean } }[]).map(({ label }) => label)
  const words = labels.map(({ formatter }) => formatter).filter((text) => !text.startsWith('best'))
  expect(words).toEqual(['', '1–2', '3', '4', '5–7', '', ''])
  expect(labels.filter(({ show }) => !show)).toHaveLength(3)
})

import { describe, expect, test } from 'vitest'
import { quartiles } from '../../../core/charts/quartiles'
import { rateFinder } from '../../../core/charts/rate-finder'
import { seriesSpread } from '../../../core/charts/series-spread'
import { lightTheme } from '../../../core/charts/theme'
import { judgeSweep, usualSweep, ratesOf } from '../../../core/training/rate-finder'
import { render } from './render'

// numpy.percentile(values, [25, 50, 75]), which is definition 7 as well.
test.each([
  [
    [3, 1, 2],
    [1.5, 2, 2.5],
  ],
  [
    [7.5, 1, 4, 4, 9.25],
    [4, 4, 7.5],
  ],
  [[5], [5, 5, 5]],
  [
    [0.1, 0.9, 0.4, 0.35],
    [0.2875, 0.375, 0.525],
  ],
])('the quartiles of %j are those of numpy', (values, [first, median, third]) => {
  const found = quartiles(values)
  expect(found.first).toBeCloseTo(first!, 12)
  expect(found.median).toBeCloseTo(median!, 12)
  expect(found.third).toBeCloseTo(third!, 12)
})

describe('the spread of a series', () => {
  const feed = {
    word: 'fold',
    label: 'Accuracy',
    share: true,
    members: [0.9, 1, 0.95].map((test, i) => ({ number: i + 1, values: { train: 1, test } })),
  }

  test('is told in words and in a row for each training and split', () => {
    // s = 0.05; t(2) = 4.3027; 4.3027 · 0.05 / √3 = 0.1242
    expect(seriesSpread.describe(feed)).toBe(
      'Spread of Accuracy on the test rows of 3 folds: from 90.0 % to 100.0 %, mean 95.0 % ± 12.4 %.',
    )
    expect(seriesSpread.table(feed).rows).toHaveLength(6)
    expect(seriesSpread.table(feed).rows[3]).toEqual([2, 'test', 1])
  })

  test('draws no share above 100 %', () => {
    const { svg } = render(seriesSpread.option(feed, lightTheme))
    expect(svg).toContain('100.0 %')
    expect(svg).not.toMatch(/>1(?:0[1-9]|[1-9]\d)\.\d %/)
  })
})

test.each([-3, -2, -1])('the steepest point is marked where it is, at 10^%i', (power) => {
  const points = ratesOf(usualSweep).map((rate) => {
    const loss = 2 - 1 / (1 + Math.exp(-2 * (Math.log10(rate) - power)))
    return { rate, loss, smoothed: loss }
  })
  const finding = judgeSweep(points, usualSweep)
  const { svg } = render(rateFinder.option({ finding }, lightTheme))
  const label = /<text[^>]*>steepest: [^<]*<\/text>/.exec(svg)?.[0] ?? ''
  const x = Number(/(?:translate\(| x=")([\d.]+)/.exec(label)?.[1])
  const ticks = [...svg.matchAll(/<text[^>]*translate\(([\d.]+)[^>]*>(1e−\d|0\.\d+)<\/text>/g)]
  const tick = (text: string) => Number(ticks.find((found) => found[2] === text)?.[1])
  const [from, to] = [tick('1e−6'), tick('0.1')]
  expect((x - from) / (to - from)).toBeCloseTo((Math.log10(finding.steepest!) + 6) / 5, 2)
})

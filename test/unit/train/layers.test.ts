import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArrayReport, StatisticsEvent } from '../../../core/training/events'
import { statisticsOf } from '../../../core/training/statistics/array-statistics'
import { MOMENTS, stripOf } from '../../../renderer/panels/train/layers/histogram-strip'
import { signsOf } from '../../../renderer/panels/train/layers/layer-signs'

const filled = (count: number, size: number) =>
  statisticsOf(Float64Array.from({ length: count }, (_, i) => (i % 2 ? size : -size)))

const array = (name: string, layer: number, gradient: number, update: number | null = 1e-3): ArrayReport => ({
  ...{ name, layer, count: 100, update },
  weights: filled(100, 1),
  gradient: filled(100, gradient),
})

const look = (arrays: ArrayReport[], dead: StatisticsEvent['dead'] = []): StatisticsEvent => ({
  type: 'statistics',
  ...{ epoch: 1, batch: 1, batches: 1, step: 1, rows: 32, arrays, dead },
})

const words = (event: StatisticsEvent): Record<string, string[]> =>
  Object.fromEntries([...signsOf(event)].map(([name, signs]) => [name, signs.map(({ word }) => word)]))

describe('the signs of a layer', () => {
  it('are none where all is well', () =>
    expect(words(look([array('a', 0, 1), array('b', 1, 0.01)]))).toEqual({ a: [], b: [] }))

  it('tell a gradient that vanishes from one that is only smaller', () => {
    expect(words(look([array('a', 0, 1e-5), array('b', 1, 1)]))).toEqual({ a: ['Vanishing'], b: [] })
    expect(words(look([array('a', 0, 0), array('b', 1, 1)])).a).toEqual(['Vanishing'])
    expect(words(look([array('a', 0, 0), array('b', 1, 0)]))).toEqual({ a: [], b: [] })
  })

  it('tell of steps that are too large, too small, and of numbers that are none', () => {
    expect(words(look([array('a', 0, 1, 0.2)])).a).toEqual(['Large steps'])
    expect(words(look([array('a', 0, 1, 1e-9)])).a).toEqual(['Stands still'])
    expect(words(look([{ ...array('a', 0, 1), gradient: null }])).a).toEqual(['Not finite'])
    // A bias that began with 0 moves far at first.
    const bias = { ...array('bias', 0, 1, 5), count: 4 }
    expect(words(look([array('a', 0, 1), bias]))).toEqual({ a: [], bias: [] })
  })

  it('tell of dead units at the layer that feeds them', () => {
    const event = look([array('a', 0, 1), array('b', 2, 1)], [{ layer: 1, name: '2.relu', share: 0.75 }])
    expect(words(event)).toEqual({ a: ['Dead units'], b: [] })
  })
})

describe('histograms over time', () => {
  it('keep every number on the common scale, whatever the scales were', () => {
    const moment = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 8 }), (moments) => {
        const strip = stripOf(moments.map((values) => statisticsOf(Float64Array.from(values))))!
        expect(strip.low).toBe(Math.min(...moments.flat()) + 0)
        expect(strip.high).toBe(Math.max(...moments.flat()) + 0)
        for (const column of strip.columns)
          expect(column!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
      }),
    )
  })

  it('lose nothing where the numbers of a moment are a hair apart at the edge of the scale', () => {
    const moments = [[2.666743157376279e-23, 0], [-1.333370956006324e-14, 0], [0]]
    const strip = stripOf(moments.map((values) => statisticsOf(Float64Array.from(values))))!
    for (const column of strip.columns)
      expect(column!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 8)
  })

  it('put low numbers below and show a spread that widens', () => {
    const strip = stripOf([filled(10, 1), filled(10, 10)])!
    expect([strip.low, strip.high]).toEqual([-10, 10])
    const used = strip.columns.map((column) =>
      column!.map((share, i) => (share > 0 ? i : -1)).filter((i) => i >= 0),
    )
    expect([used[1]![0], used[1]!.at(-1)]).toEqual([0, 19])
    expect(used[0]!.every((step) => step >= 8 && step <= 11)).toBe(true)
  })

  it('take moments evenly, first and last among them', () => {
    const looks = Array.from({ length: 500 }, (_, i) => filled(2, i + 1))
    const strip = stripOf(looks)!
    expect(strip.columns).toHaveLength(MOMENTS)
    expect(strip.high).toBe(500)
    expect(stripOf([null, null])).toBeNull()
  })
})

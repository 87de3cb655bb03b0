import { describe, expect, it } from 'vitest'
import { prepareData } from '../../../core/data/prepare'
import { createRandom } from '../../../core/random/create-random'
import { foldSplit } from '../../../core/data/fold-split'
import { splitOf } from '../../../core/data/splits/together'
import { experimentOn, tableOf } from './tables'

const random = createRandom(7)
const draw = (rows: number): string[] => Array.from({ length: rows }, () => random.normal().toFixed(6))

describe('selected columns', () => {
  const rows = 80
  const noise = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`n${i}`, draw(rows)]))
  const y = draw(rows)
  const told = y.map((cell, i) => (Number(cell) + 0.3 * Number(draw(1)[0]) + (i % 2 ? 0.1 : 0)).toFixed(6))
  const word = y.map((cell) => (Number(cell) > 0 ? 'high' : 'low'))
  const cells = { ...noise, told, word, y }
  const data = { columns: { y: { role: 'target' } }, select: { inputs: 4 } } as const
  const chosen = (changed: Record<string, string[]>): string[] =>
    prepareData(tableOf(changed), experimentOn(data)).preprocessing.features.map(({ column }) => column)

  it('are those that tell most, in no more inputs than asked for', () => {
    const { preprocessing, features } = prepareData(tableOf(cells), experimentOn(data))
    expect(preprocessing.features.map(({ column }) => column)).toEqual(
      expect.arrayContaining(['told', 'word']),
    )
    expect(preprocessing.width).toBeLessThanOrEqual(4)
    expect(features.width).toBe(preprocessing.width)
  })

  it('are found on the training rows alone', () => {
    const { splits, fileRows } = prepareData(tableOf(cells), experimentOn(data))
    const trained = new Set([...splits.train].map((row) => fileRows[row]! - 1))
    // Elsewhere each column of noise becomes the target itself.
    const changed = Object.fromEntries(
      Object.entries(cells).map(([name, column]) => [
        name,
        name.startsWith('n') ? column.map((cell, i) => (trained.has(i) ? cell : y[i]!)) : column,
      ]),
    )
    const before = chosen(cells)
    expect(chosen(changed)).toEqual(before)
    // And the choice does hang on the training rows.
    const swapped = { ...cells, n5: y, told: noise.n5! }
    expect(chosen(swapped)).toContain('n5')
    expect(chosen(swapped)).not.toContain('told')
  })
})

describe('contradicting rows', () => {
  const cells = {
    a: ['1', '1', '2', '2', '3', '4', '5', '6', '7', '8', '1', '9'],
    k: ['x', 'y', 'x', 'x', 'y', 'x', 'y', 'x', 'y', 'x', 'x', 'y'],
  }
  const split = { strategy: 'sequential', train: 0.75, validation: 0.125, test: 0.125 } as const
  const data = { columns: { a: { role: 'feature' }, k: { role: 'target' } }, split } as const
  const rowsOf = (contradictions: 'keep' | 'leave-out'): Record<string, number[]> => {
    const { splits, fileRows } = prepareData(tableOf(cells), experimentOn({ ...data, contradictions }))
    return Object.fromEntries(
      Object.entries(splits).map(([name, rows]) => [name, [...rows].map((row) => fileRows[row]!)]),
    )
  }

  it('leave the training alone, and only those of the training count', () => {
    expect(rowsOf('keep')).toEqual({ train: [1, 2, 3, 4, 5, 6, 7, 8, 9], validation: [10, 11], test: [12] })
    expect(rowsOf('leave-out')).toEqual({ train: [3, 4, 5, 6, 7, 8, 9], validation: [10, 11], test: [12] })
  })
})

describe('rows with the same features', () => {
  const cells = {
    a: Array.from({ length: 90 }, (_, i) => String(i % 30)),
    b: draw(90).map((_, i) => String(i % 3)),
    y: draw(90),
  }
  const data = {
    columns: { y: { role: 'target' } },
    repeats: 'together',
    split: { strategy: 'random' },
  } as const
  const experiment = experimentOn(data)
  const alone = (parts: readonly Uint32Array[]): void => {
    const homes = new Map<string, Set<number>>()
    parts.forEach((rows, part) =>
      rows.forEach((row) => {
        const key = `${cells.a[row]} ${cells.b[row]}`
        homes.set(key, (homes.get(key) ?? new Set()).add(part))
      }),
    )
    expect([...homes.values()].filter(({ size }) => size > 1)).toEqual([])
    expect(parts.every(({ length }) => length > 0)).toBe(true)
  }

  it('stay in one split, and in one fold', () => {
    const { splits } = prepareData(tableOf(cells), experiment)
    alone([splits.train, splits.validation, splits.test])
    const settings = { folds: 3, split: splitOf(experiment.data) }
    const fold = prepareData(tableOf(cells), experiment, undefined, foldSplit(settings, 1))
    alone([fold.splits.train, fold.splits.validation, fold.splits.test])
    const apart = prepareData(tableOf(cells), experimentOn({ ...data, repeats: 'keep' })).splits
    expect(() => alone([apart.train, apart.validation, apart.test])).toThrow()
  })
})

import { describe, expect, it } from 'vitest'
import { prepareData } from '../../../core/data/prepare'
import { createRandom } from '../../../core/random/create-random'
import { foldSplit } from '../../../core/data/fold-split'
import { splitOf } from '../../../core/data/splits/together'
import { deriveColumns } from '../../../core/data/derived/derive-columns'
import { experimentOn, pageOf, repeat, tableOf } from './tables'

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

describe('a target some rows ahead', () => {
  const cells = { day: Array.from({ length: 40 }, (_, i) => String(i)), x: draw(40) }
  const derived = [{ name: 'next', lead: { column: 'x', steps: 3 } }]
  const columns = { day: { role: 'time' }, x: { role: 'feature' }, next: { role: 'target' } } as const
  const shares = { train: 0.5, validation: 0.25, test: 0.25 }
  const parts = (
    strategy: 'time' | 'sequential',
    more: Record<string, string[]> = {},
    roles: object = {},
  ): number[][] => {
    const data = experimentOn({
      columns: { ...columns, ...roles },
      derived,
      split: { strategy, ...shares },
    }).data
    const table = deriveColumns(tableOf({ ...cells, ...more }), data)
    const { splits, fileRows } = prepareData(table, experimentOn(data))
    return [splits.train, splits.validation, splits.test].map((rows) =>
      [...rows].map((row) => fileRows[row]!),
    )
  }
  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i)

  it('leaves a gap before each later split, so that no target is read from there', () => {
    for (const strategy of ['time', 'sequential'] as const) {
      const [train, validation, test] = parts(strategy)
      // 37 rows have a target: 1 to 18 or 19 train, and the last three of them look into validation.
      const [begin, late] = [validation![0]!, test![0]!]
      expect(train).toEqual(range(1, begin - 4))
      expect(validation).toEqual(range(begin, late - 4))
      expect(test).toEqual(range(late, 37))
    }
  })

  it('goes along each series, and is there in folds by time', () => {
    // Two series in turn: three rows of a series ahead are six of the file.
    const group = repeat(['a', 'b'], 40)
    const [train, validation] = parts('sequential', { group }, { group: { role: 'group' } })
    expect(train).toEqual(range(1, validation![0]! - 7))
    const data = experimentOn({ columns, derived, split: { strategy: 'time', ...shares } }).data
    const table = deriveColumns(tableOf(cells), data)
    const fold = prepareData(
      table,
      experimentOn(data),
      undefined,
      foldSplit({ folds: 3, split: data.split }, 1),
    )
    const [last, first] = [fold.splits.train.at(-1)!, fold.splits.validation[0]!]
    expect(fold.fileRows[first]! - fold.fileRows[last]!).toBe(4)
  })

  it('is refused where no row is left to train on', () => {
    const long = [{ name: 'next', lead: { column: 'x', steps: 25 } }]
    const { data } = experimentOn({ columns, derived: long, split: { strategy: 'time', ...shares } })
    const page = pageOf(() => prepareData(deriveColumns(tableOf(cells), data), experimentOn(data)))
    expect(page).toMatchObject({
      code: 'too-few-rows',
      came: expect.stringContaining('25 rows ahead') as string,
    })
  })
})

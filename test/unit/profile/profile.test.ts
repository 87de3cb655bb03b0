import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mutualInformation } from '../../../core/data/profile/association'
import { binColumn, binsFor } from '../../../core/data/profile/binning'
import { splitByTarget } from '../../../core/data/profile/by-target'
import { relate } from '../../../core/data/profile/relation'
import { sortOrder } from '../../../core/data/profile/sort-order'
import { summarizeColumn } from '../../../core/data/summary'
import { isCoded, type Column, type Table } from '../../../core/data/table'
import { readSource } from '../../../core/node/reader/source'
import { tableOf } from '../data/tables'

interface Golden {
  readonly target: string
  readonly columns: Readonly<Record<string, Record<string, number> & { quantiles: number[] }>>
  readonly relations: Readonly<Record<string, Record<string, number>>>
}
const goldens = JSON.parse(readFileSync(new URL('../../goldens/profile.json', import.meta.url), 'utf8')) as {
  samples: Record<string, Golden>
}

const columnOf = (table: Table, name: string): Column => table.columns.find((column) => column.name === name)!

describe.each(Object.entries(goldens.samples))('the profile of %s', (name, golden) => {
  const table = readSource(`sample:${name}`, '/nowhere').then((read) => read.table)

  it('has the counts, moments and quantiles of pandas', async () => {
    for (const [column, wanted] of Object.entries(golden.columns)) {
      const found = summarizeColumn(columnOf(await table, column), { role: 'feature' })
      const { quantiles, ...rest } = wanted
      for (const [key, value] of Object.entries(rest))
        expect(found[key as 'count'], `${column} ${key}`).toBeCloseTo(value, 8)
      quantiles.forEach((value, i) => expect(found.quantiles![i], `${column} ${i}`).toBeCloseTo(value, 8))
      expect(found.histogram!.reduce((sum, n) => sum + n, 0)).toBe(found.count - found.missing)
    }
  })

  it('has the correlations of scipy and the mutual information of scikit-learn', async () => {
    const { columns, rowCount } = await table
    const found = relate(columns, columnOf(await table, golden.target), rowCount)
    expect(found.map(({ column }) => column).sort()).toEqual(Object.keys(golden.relations).sort())
    for (const { column, measure, correlation, spearman, information, rows } of found) {
      const wanted = golden.relations[column]!
      const key = { pearson: 'pearson', 'correlation-ratio': 'correlationRatio', 'cramers-v': 'cramersV' }[
        measure
      ]
      expect(correlation, `${column} ${key}`).toBeCloseTo(wanted[key]!, 10)
      if (wanted.spearman !== undefined) expect(spearman, `${column} rho`).toBeCloseTo(wanted.spearman, 10)
      expect(information, `${column} information`).toBeCloseTo(wanted.information!, 10)
      expect(rows).toBe(wanted.rows)
    }
  })
})

describe('mutual information', () => {
  it('is the entropy of a copy, and nothing for what is independent', () => {
    const a = { codes: Int32Array.from({ length: 400 }, (_, i) => i % 4), count: 4 }
    const b = { codes: Int32Array.from({ length: 400 }, (_, i) => Math.floor(i / 4) % 2), count: 2 }
    expect(mutualInformation(a, a).plugIn).toBeCloseTo(2, 12)
    expect(mutualInformation(a, b).plugIn).toBeCloseTo(0, 12)
    expect(mutualInformation(a, b).corrected).toBe(0)
  })

  it('cuts many numbers into bins of about the same size, and keeps equal ones together', () => {
    const cells = Array.from({ length: 2000 }, (_, i) => String(i < 500 ? 7 : i / 10))
    const table = tableOf({ x: cells, y: cells })
    const rows = Uint32Array.from({ length: 2000 }, (_, i) => i)
    const { codes, count } = binColumn(table.columns[0]!, rows)
    expect(binsFor(2000)).toBe(20)
    expect(count).toBe(16)
    expect(new Set(codes.subarray(0, 500)).size).toBe(1)
    const sizes = [...new Set(codes)].map((bin) => codes.filter((code) => code === bin).length)
    expect(Math.max(...sizes.filter((size) => size !== 500))).toBe(100)
  })
})

describe('the order of numbers', () => {
  it('is that of a stable sort, with missing cells last', () => {
    const odd = [3, -0.5, NaN, 0, 1e300, -1e300, 5e-324, -5e-324, Infinity, -Infinity, 3, 2 ** 53, 0.1]
    const values = Float64Array.from({ length: 3000 }, (_, i) =>
      i < 13 ? odd[i]! : Math.sin(i * i) * 10 ** (i % 9),
    )
    const wanted = [...values.keys()].sort((a, b) => {
      const [x, y] = [values[a]!, values[b]!]
      if (Number.isNaN(x) || Number.isNaN(y))
        return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
      return x - y || a - b
    })
    expect([...sortOrder(values)]).toEqual(wanted)
    expect([...sortOrder(Float64Array.of(2, 2, 1, 2))]).toEqual([2, 0, 1, 3])
    expect([...sortOrder(new Float64Array())]).toEqual([])
  })
})

describe('a column by its target', () => {
  it('counts every row once, by class', async () => {
    const { table } = await readSource('sample:penguins', '/nowhere')
    const target = columnOf(table, 'species')
    for (const column of table.columns) {
      const { counts, rows, classes } = splitByTarget(column, target, table.rowCount)
      const filled = isCoded(column)
        ? column.codes.filter((code) => code >= 0).length
        : column.values.filter((value) => !Number.isNaN(value)).length
      expect(classes).toEqual(['Adelie', 'Chinstrap', 'Gentoo'])
      expect(rows.reduce((sum, n) => sum + n, 0)).toBe(filled)
      expect(counts!.map((bin) => bin.reduce((sum, n) => sum + n, 0))).toEqual(rows)
    }
  })

  it('gives the mean of a number along another', () => {
    const table = tableOf({ x: ['0', '0', '32', '32'], y: ['1', '3', '10', '20'] })
    const { means, edges } = splitByTarget(table.columns[0]!, table.columns[1]!, 4)
    expect(edges![0]).toBe(0)
    expect(edges!.at(-1)).toBe(32)
    expect([means![0], means![1], means!.at(-1)]).toEqual([2, null, 15])
  })
})

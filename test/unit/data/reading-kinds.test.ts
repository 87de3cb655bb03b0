import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../../core/catalog/form'
import type { ReadingRule, RuleName } from '../../../core/data/cells/rewrite'
import { readings } from '../../../core/data/cells/rules/registry'
import { tryReading } from '../../../core/data/cells/try-reading'
import type { ColumnSettings } from '../../../core/experiment/schema'
import { readingSchema } from '../../../core/experiment/schema'
import { rawColumn } from './tables'

const marks = { decimal: '.', missing: ['', '-'] } as const
const trial = (cells: readonly string[], wanted: ColumnSettings, given: ColumnSettings = {}) =>
  tryReading(rawColumn('mass', cells), marks, given, wanted)

/** A rule of each kind as a file may hold it; a new kind has to be added here. */
const written: Required<ReadingRule> = {
  replace: { bonn: 'Bonn', '?': '' },
  decimals: 'both',
  units: { kg: 1, g: 0.001, '°F': { times: 0.5, plus: 2 }, '': 1 },
  within: { high: 99 },
}

describe.each(readings.list)('the rule $type', (kind) => {
  const rule = written[kind.type as RuleName]

  it('stands in the experiment file under its name, after the rules that are taken before it', () => {
    expect(readingSchema.parse({ [kind.type]: rule })).toEqual({ [kind.type]: rule })
    expect(Object.keys(readingSchema.shape)).toEqual(readings.list.map(({ type }) => type))
  })

  it('comes back from its form as it was written', () => {
    const form = kind.toForm(rule)
    expect(readings.parse({ type: kind.type, ...form })).toEqual({ type: kind.type, ...form })
    expect(Object.keys(form)).toEqual(fieldsOf(kind).map(({ name }) => name))
    expect(kind.fromForm(form)).toEqual(rule)
  })

  it('says itself in words', () => expect(kind.words(rule)).toMatch(/^\S.{5,}$/))

  it('changes cells, or numbers, and only one of them', () => {
    expect([kind.rewriter, kind.number].filter((way) => way !== undefined)).toHaveLength(1)
  })

  it('proposes something that its form can show, for any cells', () => {
    for (const cells of [[], ['a', 'A', ' b'], ['1', '-2'], ['1 kg', '2 g', '3']]) {
      const proposed = kind.propose(
        cells.map((cell) => ({ cell, rows: 1 })),
        marks,
      )
      expect(kind.setting.parse(proposed)).toEqual(proposed)
      readings.parse({ type: kind.type, ...kind.toForm(proposed) })
    }
  })
})

describe('what is proposed', () => {
  const cellsOf = (...cells: string[]) => cells.map((cell, i) => ({ cell, rows: 10 - i }))

  it('brings spellings to the most frequent, and units to the most frequent that has a name', () => {
    const { replace, units, within } = Object.fromEntries(readings.list.map((kind) => [kind.type, kind]))
    expect(replace!.propose(cellsOf('Bonn', 'bonn', 'Ulm'), marks)).toEqual({ bonn: 'Bonn' })
    expect(units!.propose(cellsOf('7', '2 kg', '350 g', '8 crates'), marks)).toEqual({
      '': 1,
      kg: 1,
      g: 0.001,
    })
    expect(within!.propose(cellsOf('3', '-1', 'x', '7.5'), marks)).toEqual({ low: -1, high: 7.5 })
  })

  it('holds one limit alone where the file does', () => {
    const within = readings.get('within')
    for (const rule of [{ low: 3 }, { high: -3 }, { low: 3, high: 4 }])
      expect(within.fromForm(within.toForm(rule))).toEqual(rule)
  })
})

describe('a trial of a rule', () => {
  it('tells which cells are read otherwise, how many rows, and what is missing', () => {
    const cells = ['2 kg', '350 g', '350 g', '3', '-', 'heavy', '']
    const found = trial(cells, { type: 'number', reading: { units: { kg: 1, g: 0.001, '': 1 } } })
    expect(found).toMatchObject({ column: 'mass', type: 'number', rows: 7, changed: 4, missing: [2, 3] })
    expect(found.cells).toEqual([
      { written: '350 g', before: '350 g', after: '0.35', rows: 2, row: 2 },
      { written: '2 kg', before: '2 kg', after: '2', rows: 1, row: 1 },
      { written: 'heavy', before: 'heavy', after: null, rows: 1, row: 6 },
    ])
    expect(found.unreadable).toEqual({ count: 1, cells: ['heavy'] })
    expect(found.written[0]).toEqual({ cell: '350 g', rows: 2 })
  })

  it('sees that a marker for missing is given a meaning, and that a cell becomes missing', () => {
    const found = trial(['-', '1', '999'], { reading: { replace: { '-': '0', '999': '' } } })
    expect(found.cells).toEqual([
      { written: '-', before: null, after: '0', rows: 1, row: 1 },
      { written: '999', before: '999', after: null, rows: 1, row: 3 },
    ])
    expect(found.missing).toEqual([1, 1])
  })

  it('finds nothing changed where words and numbers say the same', () => {
    expect(trial(['1.50', '2', 'x'], { type: 'number' }, { type: 'category' }).cells).toEqual([
      { written: 'x', before: 'x', after: null, rows: 1, row: 3 },
    ])
    expect(trial(['1.50', '2'], {}, {}).changed).toBe(0)
  })

  it('works where the column cannot be read yet, as a rule may be what makes it readable', () => {
    const found = trial(
      ['y', 'n', 'maybe'],
      { type: 'boolean', reading: { replace: { maybe: '' } } },
      { type: 'boolean' },
    )
    expect(found.cells).toEqual([{ written: 'maybe', before: 'maybe', after: null, rows: 1, row: 3 }])
  })
})

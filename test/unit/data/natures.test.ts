import { describe, expect, it } from 'vitest'
import { prepareData } from '../../../core/data/prepare'
import { proposeExperiment } from '../../../core/data/propose'
import { retypeColumn } from '../../../core/data/retype'
import { summarizeColumn } from '../../../core/data/summary'
import { typeOf, type ColumnType } from '../../../core/data/table'
import { typeColumn, type CellRules } from '../../../core/data/typing'
import { experimentOn, pageOf, rawColumn, repeat, tableOf } from './tables'

const marks = { decimal: '.', missing: [''] } as const
const read = (cells: readonly string[], wanted?: ColumnType, rules?: CellRules, name = 'a') =>
  typeColumn(rawColumn(name, cells), marks, wanted, rules)

const words = ['Ada', 'Bo', 'Cy', 'Di', 'Ed']

describe('whole numbers', () => {
  it('are integers, with gaps or without; one with decimals makes numbers of all', () => {
    expect(typeOf(read(['3', '', '-4', '3']))).toBe('integer')
    expect(typeOf(read(['3', '1e3', '4.0']))).toBe('integer')
    expect(typeOf(read(['3', '', '4.5']))).toBe('number')
    expect(typeOf(read(['3', '4'], 'number'))).toBe('number')
  })

  it('asked for, refuse a cell with decimals with its row, or count it as unreadable', () => {
    const cells = ['1', '3.5', 'x', '2']
    expect(pageOf(() => read(cells.slice(0, 2), 'integer'))).toMatchObject({ code: 'not-whole', came: '"3.5"', place: { row: 2 } }) // prettier-ignore
    expect(read(cells, 'integer', { unreadable: 'missing' })).toMatchObject({
      nature: 'integer',
      values: Float64Array.of(1, NaN, NaN, 2),
      unreadable: { count: 2, cells: [{ row: 2, cell: '3.5' }, { row: 3, cell: 'x' }] },
    }) // prettier-ignore
    expect(read(cells, 'integer', { unreadable: 'text' })).toMatchObject({ levels: ['1', '2', '3.5', 'x'] })
    const numbers = {
      name: 'a',
      values: Float64Array.of(1, 3.5, NaN),
      filled: 2,
      unreadable: { count: 0, cells: [] },
    }
    expect(typeColumn(numbers, marks, 'integer', { unreadable: 'missing' })).toMatchObject({
      values: Float64Array.of(1, NaN, NaN),
      unreadable: { count: 1, cells: [{ row: 2, cell: '3.5' }] },
    })
    expect(pageOf(() => typeColumn(numbers, marks, 'integer'))).toMatchObject({ code: 'not-whole' })
  })

  it('prepare as numbers do, bit for bit, whatever the experiment calls them', () => {
    const cells = { x: repeat(['1', '5', '', '9', '2'], 60), y: repeat(['0.5', '1', '2'], 60) }
    const table = tableOf(cells)
    const inputs = (x: object): unknown => {
      const columns = { x: { role: 'feature', ...x }, y: { role: 'target' } } as const
      const { features, preprocessing } = prepareData(table, experimentOn({ columns }))
      return { values: features.values, preprocessing }
    }
    expect(inputs({})).toEqual(inputs({ type: 'number' }))
    expect(inputs({ type: 'integer' })).toEqual(inputs({ type: 'number' }))
    expect(inputs({ type: 'integer', scale: 'robust', clip: 'iqr', missing: 'median' })).toEqual(
      inputs({ type: 'number', scale: 'robust', clip: 'iqr', missing: 'median' }),
    )
  })
})

describe('what names its row', () => {
  it('is an identifier: words that all differ, and whole numbers under such a name', () => {
    expect(typeOf(read(words))).toBe('identifier')
    expect(typeOf(read([...words, 'Ada']))).toBe('category')
    expect(typeOf(read(['7', '9', '4'], undefined, {}, 'customer_id'))).toBe('identifier')
    expect(typeOf(read(['7', '9', '9'], undefined, {}, 'customer_id'))).toBe('integer')
    expect(typeOf(read(['7', '9', '4'], undefined, {}, 'age'))).toBe('integer')
  })

  it('is left out, with the reason', () => {
    const table = tableOf({ who: words, id: repeat(['1', '2', '3', '4', '5'], 5), x: ['1', '2', '4', '8', '8'], y: ['a', 'b', 'a', 'b', 'a'] }) // prettier-ignore
    const { data } = proposeExperiment(table, { source: 'table.csv', csv: {}, target: 'y' })
    expect(data.columns).toMatchObject({
      who: { role: 'ignore' },
      id: { role: 'ignore' },
      x: { type: 'integer' },
    })
    const summary = summarizeColumn(table.columns[0]!, { role: 'ignore', reason: 'Left out.' })
    expect(summary).toMatchObject({
      type: 'identifier',
      reason: expect.stringContaining('Left out') as string,
    })
  })

  it('keeps what an experiment without types says of it, and is no input under its own type', () => {
    const cells = { id: ['1', '2', '3', '4', '5', '6'], y: repeat(['a', 'b'], 6) }
    const columns = { id: { role: 'feature' }, y: { role: 'target' } } as const
    const { preprocessing } = prepareData(tableOf(cells), experimentOn({ columns }))
    expect(preprocessing.features).toMatchObject([{ column: 'id', type: 'number' }])
    const asIdentifier = experimentOn({
      columns: { ...columns, id: { role: 'feature', type: 'identifier' } },
    })
    expect(pageOf(() => prepareData(tableOf(cells), asIdentifier))).toMatchObject({ code: 'identifier-input', place: { column: 'id' } }) // prettier-ignore
  })

  it('can be said of any column, and taken back', () => {
    expect(read(['007', '008', '008'], 'identifier')).toMatchObject({ nature: 'identifier', type: 'number' })
    expect(read(['yes', 'no', 'no'], 'identifier')).toMatchObject({ nature: 'identifier', type: 'text' })
    // Names are no numbers that could not be read.
    expect(read(words, 'identifier', { unreadable: 'missing' })).toMatchObject({
      type: 'text',
      levels: words,
    })
    const column = retypeColumn(read(['1', '2', '2']), 'identifier')
    expect(typeOf(column)).toBe('identifier')
    expect(typeOf(retypeColumn(column, 'number'))).toBe('number')
    expect(typeOf(retypeColumn(column, 'integer'))).toBe('integer')
    expect(typeOf(retypeColumn(column, 'category'))).toBe('category')
    expect(pageOf(() => retypeColumn(read(['1', '2.5', '2']), 'integer'))).toMatchObject({
      code: 'type-mismatch',
    })
  })
})

it('dates tell whether they have times', () => {
  const times = (cells: readonly string[]) => summarizeColumn(read(cells), { role: 'feature' }).times
  expect(times(['2024-01-31 10:30', '2024-02-01 00:00'])).toBe(true)
  expect(times(['2024-01-31', '2024-02-01'])).toBeUndefined()
})

import { describe, expect, it } from 'vitest'
import { cellText } from '../../../core/data/rows/cell-text'
import { orderRows } from '../../../core/data/rows/row-order'
import { repeat, tableOf } from '../data/tables'

const table = tableOf({
  number: repeat(['1.5', '-20', '1e21', '', '0.000000125'], 30),
  whole: repeat(['7', '12', '2024'], 30),
  day: repeat(['2024-01-31 10:30', '2023-12-01 00:00', ''], 30),
  open: repeat(['yes', 'no', 'no', ''], 30),
  town: repeat(['Bonn', 'Ulm 12', 'Ayr', 'Ulm 12', 'Bonn'], 30),
})

describe('words looked for in all columns', () => {
  it.each([
    '1',
    '-2',
    'e+21',
    'e-7',
    '.5',
    '2024-01',
    '10:3',
    ' 10',
    'YES',
    'n',
    'ulm',
    'm 1',
    'zebra',
    '5e',
  ])('are found where a cell holds "%s" as it is shown, and nowhere else', (text) => {
    const needle = text.trim().toLowerCase()
    const expected = Array.from({ length: table.rowCount }, (_, row) => row).filter((row) =>
      table.columns.some((column) => cellText(column, row)?.toLowerCase().includes(needle)),
    )
    expect([...orderRows(table, { filters: [{ kind: 'text', text }] })]).toEqual(expected)
  })
})

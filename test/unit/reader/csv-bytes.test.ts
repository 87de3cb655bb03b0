import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultMissing } from '../../../core/data/cells/missing'
import type { Dialect } from '../../../core/data/csv/dialect'
import { readRecords } from '../../../core/data/csv/records'
import { writeCsv } from '../../../core/data/csv/write-csv'
import { rawCell, type NumberCells, type RawColumn } from '../../../core/data/raw'
import { typeColumn } from '../../../core/data/typing'
import { LabError } from '../../../core/errors/lab-error'
import type { CsvSettings } from '../../../core/experiment/schema'
import {
  readCsv,
  type ColumnWish,
  type ReadCsv,
  type ReadingPace,
} from '../../../core/node/reader/csv/read-csv'
import { openUtf8 } from '../../../core/node/reader/csv/utf8-file'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'nabla-test-'))
})
afterAll(() => rm(scratch, { recursive: true }))

async function readText(
  text: string,
  csv: CsvSettings,
  wish: ColumnWish = 'words',
  pace: ReadingPace = {},
): Promise<ReadCsv> {
  const path = join(scratch, 'any.csv')
  await writeFile(path, text)
  const file = await openUtf8(path)
  try {
    return await readCsv(file, csv, () => wish, pace)
  } finally {
    file.close()
  }
}

const cellsOf = ({ columns }: ReadCsv): string[][] => {
  const raw = columns as RawColumn[]
  return Array.from(raw[0]!.codes, (_, row) => raw.map((column) => rawCell(column, row)))
}

/** Nothing is left to be found out. */
const rfc4180 = { delimiter: ',', quote: '"', escape: '"', comment: '', spaces: 'keep', skip: 0 } as const

const letters = fc.constantFrom(
  ...[
    'a',
    'B',
    '1',
    '.',
    ',',
    ';',
    ':',
    '\t',
    '|',
    '"',
    "'",
    '\\',
    '#',
    ' ',
    '\n',
    '\r',
    '\r\n',
    'é',
    '€',
    '🐕',
    '\u00a0',
  ],
)
const cell = fc.oneof(
  fc.string({ unit: letters, maxLength: 8 }),
  fc.string({ unit: letters, minLength: 20, maxLength: 50 }),
)
const tables = fc
  .integer({ min: 2, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
  )
const dialects: fc.Arbitrary<Dialect> = fc.record(
  {
    delimiter: fc.constantFrom(',', ';', '\t', '|', ' ', '::', ', ', 'é', '<->'),
    quote: fc.constantFrom('"', "'"),
    escape: fc.constantFrom('\\', '^'),
    comment: fc.constantFrom('#', '//'),
    spaces: fc.constantFrom('keep' as const, 'skip' as const),
  },
  { requiredKeys: ['delimiter', 'quote'] },
)
const paces = fc.record({
  pieceBytes: fc.constantFrom(1, 2, 3, 5, 8, 13, 40, 1000),
  threads: fc.constantFrom(1, 2, 3),
})

describe('the bytes of a CSV file', () => {
  it('are read back cell for cell in every dialect, wherever pieces end and however many threads read', async () => {
    await fc.assert(
      fc.asyncProperty(tables, dialects, paces, async (table, dialect, pace) => {
        const read = await readText(
          writeCsv(table, dialect),
          { ...dialect, header: false, skip: 0 },
          'words',
          pace,
        )
        expect(cellsOf(read)).toEqual(table)
      }),
      { numRuns: 300, seed: 11 },
    )
  })

  it('give what the plain reader of records gives, or a help page where it finds something wrong', async () => {
    const text = fc.string({ unit: letters, minLength: 1, maxLength: 80 }).map((rest) => `x,y\n${rest}`)
    await fc.assert(
      fc.asyncProperty(text, paces, async (any, pace) => {
        const records = [...readRecords(any, { delimiter: ',', quote: '"' })]
        const isTable = records.every(({ cells, wellFormed }) => wellFormed && cells.length === 2)
        const read = readText(any, { ...rfc4180, header: false }, 'words', pace)
        if (isTable) expect(cellsOf(await read)).toEqual(records.map(({ cells }) => cells))
        else await expect(read).rejects.toBeInstanceOf(LabError)
      }),
      { numRuns: 300, seed: 12 },
    )
  })

  it('end a line with any line break', async () => {
    const read = await readText('a,b\r1,2\r\n3,4\n\n  \n5,6', { delimiter: ',', header: false })
    expect(cellsOf(read)).toEqual([['a', 'b'], ['1', '2'], ['3', '4'], ['5', '6']]) // prettier-ignore
  })
})

const numbersOf = async (cells: readonly string[], csv: CsvSettings = {}): Promise<NumberCells> => {
  const text = writeCsv(cells.map((each, i) => [each, `w${i}`]))
  const { columns } = await readText(text, { delimiter: ',', header: false, skip: 0, ...csv }, 'numbers', {
    pieceBytes: 100,
    threads: 1,
  })
  return columns[0] as NumberCells
}

describe('numbers from bytes', () => {
  const digits = (min: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: 25 })
  const exponent = fc.oneof(
    fc.constant(''),
    fc.integer({ min: -345, max: 330 }).map((e) => `e${e}`),
  )
  const written = fc
    .tuple(fc.constantFrom('', '-', '+'), digits(1), fc.option(digits(0)), exponent)
    .map(([sign, whole, fraction, power]) => sign + whole + (fraction === null ? '' : `.${fraction}`) + power)
  /** Whole numbers that a double does not keep are words. */
  const isKept = (text: string) =>
    !/^[+-]?\d+$/.test(text) || Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER
  const any = fc
    .oneof(
      written,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(6)),
    )
    .filter(isKept)

  it('are to the last bit what Number makes of their text', async () => {
    const check = async (cells: string[]) => {
      const { values, unreadable } = await numbersOf(cells)
      const expected = cells.map((each) => (Number.isFinite(Number(each)) ? Number(each) : NaN))
      expect([...values]).toEqual(expected)
      expect(unreadable.count).toBe(expected.filter(Number.isNaN).length)
    }
    await fc.assert(fc.asyncProperty(fc.array(any, { minLength: 20, maxLength: 200 }), check), {
      numRuns: 100,
      seed: 5,
    })
  })

  it('and missing cells make the same column as their words do, in any writing', async () => {
    const odd = fc.constantFrom(
      '1,234',
      '12 %',
      '−3',
      ' 4 ',
      '1e999',
      '',
      'NA',
      'nan',
      '-',
      '1 234,5',
      "1'000",
      'x',
      '-9',
    )
    const lists = fc.array(fc.oneof(any, odd), { minLength: 3, maxLength: 40 })
    const csvs = fc.record({
      decimal: fc.constantFrom('.' as const, ',' as const),
      missing: fc.constantFrom(defaultMissing.slice(), ['x', '-9'], ['é']),
      thousands: fc.constantFrom(undefined, '' as const, "'" as const),
    })
    await fc.assert(
      fc.asyncProperty(lists, csvs, paces, async (list, csv, pace) => {
        const text = writeCsv(list.map((each, i) => [each, `w${i}`]))
        const all = { delimiter: ',', header: false, skip: 0, ...csv }
        const words = (await readText(text, all, 'words', pace)).columns[0]!
        const guessed = (await readText(text, all, 'guess', pace)).columns[0]!
        expect(typeColumn(guessed, csv)).toEqual(typeColumn(words, csv))
        const numbers = (await readText(text, all, 'numbers', pace)).columns[0]!
        expect(typeColumn(numbers, csv, 'number', { unreadable: 'missing' })).toEqual(
          typeColumn(words, csv, 'number', { unreadable: 'missing' }),
        )
      }),
      { numRuns: 200, seed: 6 },
    )
  })
})

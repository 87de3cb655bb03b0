import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCsv } from '../../../core/data/csv/write-csv'
import { rawCell } from '../../../core/data/raw'
import { isCoded, type Column } from '../../../core/data/table'
import { LabError, type HelpPage } from '../../../core/errors/lab-error'
import { filePage } from '../../../core/node/reader/file-check'
import { withLockedDatabase } from '../../../core/node/reader/locked-database'
import { readRaw, readTable } from '../../../core/node/reader/read-table'
import { badCases, goodCases } from './cases'

const folder = new URL('../../fixtures/csv/', import.meta.url).pathname

const values = (column: Column): (number | string | null)[] =>
  isCoded(column)
    ? Array.from(column.codes, (code) => column.levels[code] ?? null)
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))

async function pageOf(promise: Promise<unknown>): Promise<HelpPage> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof LabError)) throw new Error(`no help page, but ${String(error)}`)
  return error.toPage()
}

describe('reading a table', () => {
  it('takes a single column where its reader knows it, as a network of texts does', async () => {
    const own = await mkdtemp(join(tmpdir(), 'nabla-one-'))
    const file = join(own, 'texts.csv')
    await writeFile(file, 'text\nturn off the light\nhello\n')
    expect((await pageOf(readTable(file))).code).toBe('one-column')
    const { table } = await readTable(file, {}, { text: 'text' })
    expect(values(table.columns[0]!)).toEqual(['turn off the light', 'hello'])
    await rm(own, { recursive: true })
  })

  it.each(goodCases)('$file is read as it should be', async ({ file, csv, found, types, values: wanted }) => {
    const { table, csv: settings } = await readTable(join(folder, file), csv)
    expect(Object.fromEntries(table.columns.map((column) => [column.name, column.type]))).toEqual(types)
    expect(settings).toMatchObject(found ?? {})
    expect(table.name).toBe(file)
    for (const [name, expected] of Object.entries(wanted ?? {}))
      expect(values(table.columns.find((column) => column.name === name)!), name).toEqual(expected)
  })

  it.each(badCases)('$file is refused: $page.code', async ({ file, csv, types, page }) => {
    const path = join(folder, file)
    expect(await pageOf(readTable(path, csv, types))).toEqual({
      ...page,
      place: { file: path, ...page.place },
    })
  })

  it('explains every type in one sentence', async () => {
    const { table } = await readTable(join(folder, 'almost-numbers.csv'))
    expect(table.columns.map((column) => column.reason)).toEqual([
      '5 different values in 6 rows; not numbers, as row 4 holds "see note".',
      'All 6 filled cells are whole numbers.',
    ])
  })

  it('keeps the first rows as they stand in the file', async () => {
    const { rows } = await readTable(join(folder, 'missing.csv'))
    expect(rows[2]).toEqual([null, '3', null, null])
    expect(rows).toHaveLength(5)
  })

  it('gives a wanted type, and says so', async () => {
    const { table } = await readTable(join(folder, 'zip-codes.csv'), {}, { zip: 'category' })
    expect(values(table.columns[0]!)).toEqual(['01234', '01234', '98765'])
    expect(table.columns[0]!.reason).toBe('You chose this type.')
  })

  it('says so when a file may not be read', async () => {
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
    expect(await filePage(denied, '/x/a.csv')).toEqual({
      code: 'file-unreadable',
      expected: 'a file that may be read',
      came: 'a file that this account may not read',
      advice: 'Change the permissions of the file, or copy it to a folder of your own.',
      place: { file: '/x/a.csv' },
    })
  })

  it('names the folder that does not exist', async () => {
    const page = await pageOf(readTable('/no/such/folder/a.csv'))
    expect(page.advice).toBe('Check the path; there is no folder /no/such/folder.')
  })
})

describe('the database behind it', () => {
  it('may open that one file only, reaches no network, and cannot be unlocked', async () => {
    const file = join(folder, 'plain.csv')
    const other = join(folder, 'bars.csv')
    await withLockedDatabase(file, async (connection) => {
      await expect(connection.run(`SELECT * FROM read_csv('${file}')`)).resolves.toBeDefined()
      await expect(connection.run(`SELECT * FROM read_csv('${other}')`)).rejects.toThrow(
        /disabled by configuration/,
      )
      await expect(connection.run(`SELECT * FROM read_csv('http://localhost/a.csv')`)).rejects.toThrow()
      await expect(connection.run('INSTALL httpfs')).rejects.toThrow(/disabled/)
      await expect(connection.run('SET enable_external_access = true')).rejects.toThrow(/locked/)
    })
  })
})

describe('any table of cells', () => {
  let scratch: string
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'nabla-test-'))
  })
  afterAll(() => rm(scratch, { recursive: true }))

  const letters = fc.constantFrom(
    'a',
    'B',
    '1',
    '.',
    ',',
    ';',
    '\t',
    '|',
    '"',
    "'",
    ' ',
    '\n',
    '\r\n',
    'é',
    '€',
    '🐕',
  )
  const cell = fc.string({ unit: letters, maxLength: 8 })
  const tables = fc
    .integer({ min: 2, max: 5 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    )
  const dialects = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    quote: fc.constantFrom('"', "'"),
    encoding: fc.constantFrom('utf-8' as const, 'utf-16' as const),
  })

  it('reads back cell for cell in every dialect', async () => {
    const path = join(scratch, 'any.csv')
    const roundTrip = async (
      table: string[][],
      csv: { delimiter: string; quote: string; encoding: 'utf-8' | 'utf-16' },
    ) => {
      const text = writeCsv(table, csv)
      await writeFile(path, csv.encoding === 'utf-8' ? text : Buffer.from(`\ufeff${text}`, 'utf16le'))
      const { columns } = await readRaw(path, { ...csv, header: false })
      expect(table.map((_, row) => columns.map((column) => rawCell(column, row)))).toEqual(table)
    }
    await fc.assert(fc.asyncProperty(tables, dialects, roundTrip), { numRuns: 60, seed: 7 })
  })
})

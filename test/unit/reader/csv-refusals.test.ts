import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LabError, type HelpPage } from '../../../core/errors/lab-error'
import type { CsvSettings } from '../../../core/experiment/schema'
import { readCsv, type ReadingPace } from '../../../core/node/reader/csv/read-csv'
import { openUtf8 } from '../../../core/node/reader/csv/utf8-file'
import { readTable } from '../../../core/node/reader/read-table'

let scratch: string
let path: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'nabla-test-'))
  path = join(scratch, 'table.csv')
})
afterAll(() => rm(scratch, { recursive: true }))

async function pageOf(reading: Promise<unknown>): Promise<HelpPage> {
  const error: unknown = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof LabError) return error.toPage()
  throw new Error(`no help page, but ${String(error)}`)
}

/** Reads a text in many small pieces, on two threads if not told otherwise. */
async function refusalOf(
  text: string | Buffer,
  csv: CsvSettings = {},
  pace: ReadingPace = {},
): Promise<HelpPage> {
  await writeFile(path, text)
  const file = await openUtf8(path)
  try {
    return await pageOf(readCsv(file, csv, () => 'guess', { pieceBytes: 64, threads: 2, ...pace }))
  } finally {
    file.close()
  }
}

const rows = (count: number): string => '1,2\n'.repeat(count)

describe('a file that is no table is refused', () => {
  it.each([1, 2, 3])(
    'with the first row that is not as wide as the others, on %d threads',
    async (threads) => {
      const text = `a,b\n${rows(400)}1,2,3\n${rows(100)}1\n${rows(100)}`
      expect(await refusalOf(text, {}, { threads })).toMatchObject({
        code: 'ragged-rows',
        came: '3 cells',
        place: { row: 401 },
      })
    },
  )

  it('with the row where a quote opens that is never closed', async () => {
    const page = await refusalOf(`a,b\n${rows(300)}1,"2\n${rows(300)}`)
    expect(page).toMatchObject({ code: 'unclosed-quote', place: { row: 301 } })
  })

  it('with the place of a NUL byte', async () => {
    const page = await refusalOf(`a,b\n${rows(300)}1,\0\n${rows(300)}`)
    expect(page).toMatchObject({ code: 'not-text', came: 'a binary file: byte 1207 is NUL' })
  })

  it('with byte and row of the first letter that is none, where UTF-8 was asked for', async () => {
    await writeFile(path, Buffer.concat([Buffer.from(`a,b\n${rows(300)}1,é`), Buffer.of(0xe9, 10)]))
    expect(await pageOf(readTable(path, { encoding: 'utf-8' }))).toMatchObject({
      code: 'undecodable',
      came: 'bytes that are no letters there, the first of them at byte 1,209',
      place: { row: 301 },
    })
  })

  it('when it has too many columns', async () => {
    const line = 'x,'.repeat(16_384)
    expect(await refusalOf(`${line}x\n${line}x\n`)).toMatchObject({
      code: 'too-many-columns',
      came: '16,385',
    })
  })

  it('when it grows while it is read', async () => {
    await writeFile(path, `a,b\n${rows(300)}`)
    const file = await openUtf8(path)
    await appendFile(path, rows(10))
    const page = await pageOf(readCsv(file, {}, () => 'guess', { pieceBytes: 64 }))
    file.close()
    expect(page).toMatchObject({ code: 'file-changed', place: { file: path } })
  })

  it('for marks that no file is read with', async () => {
    const page = await refusalOf(`a,b\n${rows(3)}`, { quote: '«' })
    expect(page).toMatchObject({ code: 'bad-dialect', place: { path: 'data.csv.quote' } })
  })
})

describe('what few files have', () => {
  it.each([
    ['a backslash before quotes', 'a,b\n"x \\" y, z",1\n"u",2\n', { escape: '\\' }, ['x " y, z', 'u']],
    ['spaces before quotes', 'a,b\n"x, y",1\nz, "2, 3"\n', { spaces: 'skip' }, ['x, y', 'z']],
    ['lines of comments', '# a, b, c\na,b\nx,1\n# 2, 3, 4\ny,2\n', { comment: '#' }, ['x', 'y']],
    ['a title', 'Report\nof 2024\n\na,b\nx,1\ny,2\n', { skip: 2 }, ['x', 'y']],
  ] as const)('is found out: %s', async (_, text, found, first) => {
    await writeFile(path, text)
    const { table, csv, rows } = await readTable(path)
    expect(csv).toMatchObject(found)
    expect(table.columns[0]!.name).toBe('a')
    expect(rows.map(([cell]) => cell)).toEqual(first)
  })

  it('is not told of a file that has nothing of it', async () => {
    await writeFile(path, 'a,b\n1,2\n')
    expect(Object.keys((await readTable(path)).csv).sort()).toEqual(
      ['decimal', 'delimiter', 'encoding', 'header', 'missing', 'quote'], // prettier-ignore
    )
  })

  it('can be said: lines at the top, a mark of thousands, no quotes', async () => {
    await writeFile(path, 'x,y,z\na;b\n"1.000;2\'000\n"3;4\n')
    const { table } = await readTable(path, { skip: 1, quote: '', delimiter: ';', thousands: "'" })
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([['a', 'text'], ['b', 'number']]) // prettier-ignore
    expect(table.columns[1]).toMatchObject({ values: Float64Array.of(2000, 4) })
  })
})

describe('cells that are not of the type asked for', () => {
  const cells = ['1', 'x', '', '2', 'y', 'x']
  const text = `a,b\n${cells.map((cell, i) => `${cell},${i}`).join('\n')}\n`
  const read = (rule?: 'missing' | 'error' | 'text') =>
    readTable(path, {}, { a: 'number' }, rule ? { a: { unreadable: rule } } : {})

  it('are refused with the first of them', async () => {
    await writeFile(path, text)
    expect(await pageOf(read())).toMatchObject({ code: 'not-a-number', came: '"x"', place: { row: 2 } })
  })

  it('are counted and count as missing, each with its row', async () => {
    await writeFile(path, text)
    const [column] = (await read('missing')).table.columns
    expect(column).toMatchObject({
      type: 'number',
      values: Float64Array.of(1, NaN, NaN, 2, NaN, NaN),
      unreadable: { count: 3, cells: [{ row: 2, cell: 'x' }, { row: 5, cell: 'y' }, { row: 6, cell: 'x' }] },
    }) // prettier-ignore
  })

  it('make words of the column', async () => {
    await writeFile(path, text)
    expect((await read('text')).table.columns[0]).toMatchObject({ levels: ['1', '2', 'x', 'y'] })
  })

  it('count for dates as well', async () => {
    await writeFile(path, 'a,b\n2024-01-31,1\nsoon,2\n2024-02-01,3\n')
    const { table } = await readTable(path, {}, { a: 'date' }, { a: { unreadable: 'missing' } })
    expect(table.columns[0]).toMatchObject({ unreadable: { count: 1, cells: [{ row: 2, cell: 'soon' }] } })
  })
})

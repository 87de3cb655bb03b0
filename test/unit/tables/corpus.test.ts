import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceList } from '../../../core/data/source-list'
import { isCoded, type Column, type ColumnType } from '../../../core/data/table'
import { LabError, type HelpPage } from '../../../core/errors/lab-error'
import type { CsvSettings, DataSource, TableFormat } from '../../../core/experiment/schema'
import { readSource } from '../../../core/node/reader/source'

/** What a person would expect of a table, as it stands in NAME.expected.json beside the file NAME. */
interface Expected {
  /** One sentence: what is particular about the table. */
  readonly about: string
  /** The files, where they are not the one that the name says. */
  readonly source?: DataSource
  /** What the user decides. */
  readonly settings?: {
    readonly csv?: CsvSettings
    readonly format?: TableFormat
    readonly types?: Readonly<Record<string, ColumnType>>
  }
  /** Settings that are found out, as far as they matter here. */
  readonly found?: CsvSettings & { readonly format?: TableFormat }
  /** In the table's order. Days are text such as 2024-01-31T12:00, yes and no are true and false. */
  readonly columns?: readonly {
    readonly name: string
    readonly type: ColumnType
    readonly cells: readonly (number | string | boolean | null)[]
  }[]
  /** The help page in place of a table, as far as it matters here; `place.file` is the file where it is left out. */
  readonly refused?: Partial<HelpPage>
}

const folder = new URL('../../fixtures/tables/', import.meta.url).pathname
const ending = '.expected.json'

const cases = readdirSync(folder)
  .filter((name) => name.endsWith(ending))
  .map((name) => {
    const expected = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Expected
    return { name: name.slice(0, -ending.length), ...expected }
  })

const day = (text: string): number =>
  Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`) / 86_400_000

function cellsOf(column: Column): (number | string | boolean | null)[] {
  if (isCoded(column)) return Array.from(column.codes, (code) => column.levels[code] ?? null)
  return Array.from(column.values, (value) =>
    Number.isNaN(value) ? null : column.type === 'boolean' ? value === 1 : value,
  )
}

/** Days as the numbers that they are in a table. */
const inDays = (cells: readonly (number | string | boolean | null)[]) =>
  cells.map((cell) => (cell === null ? null : day(String(cell))))

it('covers at least sixty tables, each with a sentence about it', () => {
  expect(cases.length).toBeGreaterThan(60)
  for (const { name, about, columns, refused } of cases) {
    expect(about, name).toMatch(/\.$/)
    expect(!columns, name).toBe(refused !== undefined)
  }
})

describe('the corpus of tables', () => {
  it.each(cases)('$name: $about', async ({ name, source = name, settings, found, columns, refused }) => {
    const reading = readSource(source, folder, settings)
    if (refused) return expectPage(reading, refused, sourceList(source)[0]!)
    const { table, csv, format } = await reading
    const read = table.columns.map((column) => [column.name, column.type, cellsOf(column)])
    const wanted = columns!.map((column) => [
      column.name,
      column.type,
      column.type === 'date' ? inDays(column.cells) : column.cells,
    ])
    expect(read).toEqual(wanted)
    expect({ ...csv, format }).toMatchObject(found ?? {})
  })
})

async function expectPage(reading: Promise<unknown>, wanted: Partial<HelpPage>, file: string): Promise<void> {
  const error: unknown = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof LabError)) throw new Error(`no help page, but ${String(error)}`)
  const { place } = wanted
  const at = { ...place, file: join(folder, place?.file ?? file) }
  expect(error.toPage()).toMatchObject({ ...wanted, place: at })
  expect(error.place.row).toBe(place?.row)
  for (const part of [error.expected, error.came, error.advice]) expect(part).not.toBe('')
}

import type { ColumnType } from '../../../data/table'
import { LabError } from '../../../errors/lab-error'
import type { CsvSettings, TableFormat } from '../../../experiment/schema'
import type { ReadTable, ColumnRules } from '../read-table'

/** A table as read from a file; `csv` holds what was found out of the settings that mean something in its format. */
export type FileTable = Omit<ReadTable, 'csv'> & {
  readonly csv: CsvSettings
  /** A cell as text, for formats in which it is none; null is a missing one. Rows and columns count from 0. */
  readonly cell?: (row: number, column: number) => string | null
}

/** Reads a file of one format. @throws LabError for what is no table */
export type FormatReader = (
  path: string,
  csv: CsvSettings,
  types: Readonly<Record<string, ColumnType>>,
  rules: ColumnRules,
) => Promise<FileTable>

const endings: Readonly<Record<string, TableFormat>> = {
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
}

/**
 * The format of a table by the beginning of its bytes; where they could be anything, by the ending of its name; else CSV.
 * @throws LabError `spreadsheet-file` or `packed-file` for what programs often save tables in and cannot be read here
 */
export function recognizeFormat(head: Buffer, path: string): TableFormat {
  refuseForeign(head, path)
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet'
  return jsonFormat(textOf(head)) ?? endings[/\.(\w+)$/.exec(path.toLowerCase())?.[1] ?? ''] ?? 'csv'
}

/** The beginning as text, for a look at its first letters only. */
function textOf(head: Buffer): string {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return head.toString('utf16le', 2)
  if (first === 0xfe && second === 0xff)
    return Buffer.from(head.subarray(0, head.length & ~1))
      .swap16()
      .toString('utf16le', 2)
  return head.toString('utf8').replace(/^\ufeff/, '')
}

/** JSON begins with a bracket; as a table it is a list of rows, or one row a line. */
function jsonFormat(text: string): TableFormat | undefined {
  const begin = text.trimStart()
  if (!/^[[{]/.test(begin)) return undefined
  const [line = '', ...rest] = begin.split(/\r?\n/, 2)
  if (rest.length > 0 && isWhole(line)) return /^\s*\[\s*[[{]/.test(line) ? 'json' : 'jsonl'
  if (/^\[\s*[[{\]]/.test(begin)) return 'json'
  const isRecord = /^\{\s*["}]/.test(begin)
  return !isRecord ? undefined : rest.length === 0 && isWhole(line) ? 'jsonl' : 'json'
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

const foreign: readonly { readonly bytes: string; readonly code: string; readonly name: string }[] = [
  { bytes: 'PK\x03\x04', code: 'spreadsheet-file', name: 'a spreadsheet (Excel, LibreOffice) or zip file' },
  { bytes: '\xd0\xcf\x11\xe0', code: 'spreadsheet-file', name: 'an old Excel file' },
  { bytes: 'BZh', code: 'packed-file', name: 'a file packed with bzip2' },
  { bytes: '\xfd7zXZ', code: 'packed-file', name: 'a file packed with xz' },
  { bytes: '\x28\xb5\x2f\xfd', code: 'packed-file', name: 'a file packed with zstd' },
  { bytes: '7z\xbc\xaf', code: 'packed-file', name: 'a 7-Zip file' },
]

const advices: Readonly<Record<string, string>> = {
  'spreadsheet-file':
    'Save the sheet as CSV in the program that wrote it, or copy its cells and paste them here.',
  'packed-file': 'Unpack it first, or pack it with gzip instead.',
}

function refuseForeign(head: Buffer, file: string): void {
  const begin = head.subarray(0, 8).toString('latin1')
  const found = foreign.find(({ bytes }) => begin.startsWith(bytes))
  if (!found) return
  throw new LabError({
    code: found.code,
    expected: 'a table as CSV, JSON, JSON lines or Parquet, plain or packed with gzip',
    came: found.name,
    advice: advices[found.code]!,
    place: { file },
  })
}

import type { CsvSettings, TableFormat } from '../../../core/experiment/schema'
import type { Reading } from '../../stores/reading'
import type { Option } from '../../widgets/option'

export type ReadingValue = string | number | boolean | readonly string[] | undefined
export type ReadingSetting = 'format' | keyof CsvSettings

/** One setting of how a file is read, as the window shows it. */
export interface ReadingOption {
  readonly setting: ReadingSetting
  readonly label: string
  readonly help: string
  /** The formats in which it means something. */
  readonly formats: readonly TableFormat[]
  /** The choices, by the words that stand for them in a select; without any, it is text that is typed. */
  readonly choices?: readonly (Option & { readonly means: string | undefined })[]
  readonly kind: 'choice' | 'switch' | 'text' | 'count' | 'list'
  readonly placeholder?: string
  /** Letters of another mark than the choices, where one may be typed. */
  readonly longest?: number
}

const all: readonly TableFormat[] = ['csv', 'json', 'jsonl', 'parquet']
const texts: readonly TableFormat[] = ['csv', 'json', 'jsonl']
const csvOnly: readonly TableFormat[] = ['csv']

const choice = (value: string, label: string, means: string = value) => ({ value, label, means })
/** What holds where the setting is left out. */
const unset = (value: string, label: string) => ({ value, label, means: undefined })

export const readingOptions: readonly ReadingOption[] = [
  {
    setting: 'format',
    label: 'Format',
    help: 'What kind of file it is. The content tells, and where it does not, the ending of the name.',
    formats: all,
    kind: 'choice',
    choices: [
      choice('csv', 'Text (CSV)'),
      choice('json', 'JSON'),
      choice('jsonl', 'JSON lines'),
      choice('parquet', 'Parquet'),
    ],
  },
  {
    setting: 'delimiter',
    label: 'Delimiter',
    help: 'What stands between two cells of a row.',
    formats: csvOnly,
    kind: 'choice',
    longest: 4,
    choices: [
      choice(',', 'Comma  ,'),
      choice(';', 'Semicolon  ;'),
      choice('\t', 'Tab'),
      choice('|', 'Bar  |'),
      choice(' ', 'Space'),
      choice(':', 'Colon  :'),
    ],
  },
  {
    setting: 'decimal',
    label: 'Decimal mark',
    help: 'What stands before the decimals of a number.',
    formats: texts,
    kind: 'choice',
    choices: [choice('.', 'Point  1.5'), choice(',', 'Comma  1,5')],
  },
  {
    setting: 'encoding',
    label: 'Encoding',
    help: 'Which letter each byte of the file stands for. Try another one where letters look wrong.',
    formats: texts,
    kind: 'choice',
    choices: [
      choice('utf-8', 'UTF-8'),
      choice('utf-16', 'UTF-16'),
      choice('latin-1', 'Latin-1'),
      choice('windows-1252', 'Windows-1252'),
    ],
  },
  {
    setting: 'header',
    label: 'Header row',
    help: 'Whether the first row holds the names of the columns.',
    formats: texts,
    kind: 'switch',
  },
  {
    setting: 'thousands',
    label: 'Thousands mark',
    help: 'What may stand between groups of three digits.',
    formats: texts,
    kind: 'choice',
    choices: [
      unset('any', 'Any of them'),
      choice('none', 'None', ''),
      choice(',', 'Comma  1,000'),
      choice('.', 'Point  1.000'),
      choice(' ', 'Space  1 000'),
      choice("'", "Apostrophe  1'000"),
    ],
  },
  {
    setting: 'quote',
    label: 'Quotes',
    help: 'What stands around cells that hold a delimiter or a line break.',
    formats: csvOnly,
    kind: 'choice',
    longest: 1,
    choices: [choice('"', 'Double  "'), choice("'", "Single  '"), choice('none', 'None', '')],
  },
  {
    setting: 'escape',
    label: 'Quote inside of quotes',
    help: 'How a quote is written that belongs to the text of a cell in quotes.',
    formats: csvOnly,
    kind: 'choice',
    longest: 1,
    choices: [choice('doubled', 'Doubled  ""'), choice('\\', 'Backslash  \\"')],
  },
  {
    setting: 'spaces',
    label: 'Space before a quote',
    help: 'Whether spaces between a delimiter and an opening quote count.',
    formats: csvOnly,
    kind: 'choice',
    choices: [choice('keep', 'Belongs to the cell'), choice('skip', 'Left out')],
  },
  {
    setting: 'comment',
    label: 'Comments begin with',
    help: 'Lines that begin so are left out. Write none where every line belongs to the table.',
    formats: csvOnly,
    kind: 'text',
    placeholder: 'none',
  },
  {
    setting: 'skip',
    label: 'Lines to skip',
    help: 'Lines at the top of the file that are left out, whatever they hold.',
    formats: csvOnly,
    kind: 'count',
  },
  {
    setting: 'missing',
    label: 'Missing markers',
    help: 'Cells that count as missing, with commas between them; in double quotes where one holds a comma itself. Upper and lower case are the same; an empty cell is always missing.',
    formats: texts,
    kind: 'list',
    placeholder: 'the usual ones',
  },
]

/** A setting as the window names it: what holds where it is left out, and doubled quotes, have names of their own. */
export function valueIn({ csv, format }: Reading, setting: ReadingSetting): ReadingValue {
  if (setting === 'format') return format
  if (setting === 'spaces') return csv.spaces ?? 'keep'
  if (setting === 'skip') return csv.skip ?? 0
  if (setting === 'escape')
    return csv.escape === undefined || csv.escape === csv.quote ? 'doubled' : csv.escape
  return csv[setting]
}

/** Sets a setting in a draft; what is undefined is left out, and so found out. */
export function setIn(
  draft: { csv: CsvSettings; format?: TableFormat | undefined },
  setting: ReadingSetting,
  value: ReadingValue,
): void {
  const target: Record<string, unknown> = setting === 'format' ? draft : draft.csv
  if (value === undefined) delete target[setting]
  else if (setting === 'escape' && value === 'doubled') draft.csv.escape = draft.csv.quote || '"'
  else target[setting] = value
}

const listed = (value: ReadingValue): string =>
  (typeof value === 'object' ? value : [])
    .filter((marker) => marker !== '')
    .map((marker) => (/^"|,/.test(marker) ? `"${marker.replaceAll('"', '""')}"` : marker))
    .join(', ')

/** The parts between commas; one in double quotes may hold commas, and quotes written twice. */
const parts = (text: string): string[] =>
  [...text.matchAll(/\s*"((?:[^"]|"")*)"\s*(?:,|$)|([^,]*)(?:,|$)/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim(),
  )

/** A value in the words of its option. */
export function wordsOf({ kind, choices, placeholder = '' }: ReadingOption, value: ReadingValue): string {
  if (kind === 'switch') return value === false ? 'no' : 'yes'
  if (kind === 'list') return listed(value) || 'only empty cells'
  if (kind === 'count') return String(value ?? 0)
  const chosen = choices?.find(({ means }) => means === value)
  return chosen?.label ?? (value === undefined || value === '' ? placeholder : `“${String(value)}”`)
}

/** What stands in a field of text. */
export const textOf = (
  { kind, setting }: Pick<ReadingOption, 'kind' | 'setting'>,
  value: ReadingValue,
): string =>
  kind === 'list'
    ? listed(value)
    : setting === 'comment' && value === ''
      ? 'none'
      : value === undefined
        ? ''
        : String(value)

/** What a field of text means. */
export function meaningOf(
  { kind, setting }: Pick<ReadingOption, 'kind' | 'setting'>,
  text: string,
): ReadingValue {
  if (kind === 'list') return ['', ...parts(text)].filter((marker, i) => i === 0 || marker)
  if (setting === 'comment' && text.trim() === 'none') return ''
  return text.trim() === '' ? undefined : text.trim()
}

export const sameMeaning = (a: ReadingValue | null, b: ReadingValue | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

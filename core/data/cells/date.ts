interface DateFormat {
  readonly name: string
  readonly pattern: RegExp
  /** Which of the pattern's groups are year, month and day. */
  readonly order: readonly [year: number, month: number, day: number]
}

const time = String.raw`(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*(Z|[+-]\d{2}:?\d{2})?)?$`

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

const formats: readonly DateFormat[] = [
  {
    name: 'year-month-day',
    pattern: new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})` + time),
    order: [1, 3, 4],
  },
  {
    name: 'day.month.year',
    pattern: new RegExp(String.raw`^(\d{1,2})(\.)(\d{1,2})\.(\d{4})` + time),
    order: [4, 3, 1],
  },
  {
    name: 'day/month/year',
    pattern: new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{4})` + time),
    order: [4, 3, 1],
  },
  {
    name: 'month/day/year',
    pattern: new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{4})` + time),
    order: [4, 1, 3],
  },
  {
    name: 'day month-name year',
    pattern: new RegExp(String.raw`^(\d{1,2})([- .])\s*${monthName}[- .,]\s*(\d{4})` + time, 'i'),
    order: [4, 3, 1],
  },
  {
    name: 'month-name day, year',
    pattern: new RegExp(String.raw`^${monthName}([- .])\s*(\d{1,2})[- .,]\s*(\d{4})` + time, 'i'),
    order: [4, 1, 3],
  },
]

/** From 1; NaN for a word that is no month. */
const monthOf = (text: string): number =>
  /^\d/.test(text) ? Number(text) : months.indexOf(text.slice(0, 3).toLowerCase()) + 1 || NaN

const dayMilliseconds = 86_400_000

/** Days since 1970-01-01 (with time: fractions; without a zone: taken as UTC), or NaN. */
function parseWith({ pattern, order }: DateFormat, cell: string): number {
  const match = pattern.exec(cell)
  if (!match) return NaN
  const [year, month, day] = order.map((group) => match[group]!) as [string, string, string]
  return daysOf(Number(year), monthOf(month), Number(day)) + timeOf(match)
}

/** NaN for a day that the calendar does not have. */
function daysOf(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month - 1, day))
  date.setUTCFullYear(year)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return NaN
  return date.getTime() / dayMilliseconds
}

/** The time as a fraction of a day. */
function timeOf(match: RegExpExecArray): number {
  const [hours, minutes] = [Number(match[5] ?? 0), Number(match[6] ?? 0)]
  const seconds = Number((match[7] ?? '0').replace(',', '.'))
  if (hours > 23 || minutes > 59 || seconds >= 61) return NaN
  return (hours * 3600 + minutes * 60 + seconds) / 86400 - zoneOf(match[8])
}

function zoneOf(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  const digits = zone.slice(1).replace(':', '')
  return (sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)))) / 1440
}

export interface DateReading {
  /** The formats that read every cell; exactly one means that the column is understood. */
  readonly formats: readonly string[]
  parse(cell: string): number
}

/** Which ways of writing dates fit all the cells. Two ways that give the same days (such as 05/05/2020) count as one. */
export function readDates(cells: readonly string[]): DateReading {
  const fits = formats.filter((format) => cells.every((cell) => !Number.isNaN(parseWith(format, cell))))
  const [first, second] = fits
  const same = first && second && cells.every((cell) => parseWith(first, cell) === parseWith(second, cell))
  return {
    formats: (same ? fits.slice(0, 1) : fits).map((format) => format.name),
    parse: (cell) => (first ? parseWith(first, cell) : NaN),
  }
}

/** True where at least one way of writing dates reads the cell. */
export const isDate = (cell: string): boolean =>
  formats.some((format) => !Number.isNaN(parseWith(format, cell)))

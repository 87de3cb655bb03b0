/** What of a day (since 1970-01-01, with the time as its fraction) comes back: its size, its number, and how far it has got. */
export interface Calendar {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  /** 1 to 31 */
  readonly day: number
  /** 1 is Monday. */
  readonly weekday: number
  /** 0 to 23 */
  readonly hour: number
  /** Share of the year that has passed. */
  readonly ofYear: number
  /** Share of the day that has passed. */
  readonly ofDay: number
}

/** The calendar of a day, proleptic Gregorian, in the time zone that dates were read in. */
export function calendarOf(value: number): Calendar {
  const whole = Math.floor(value)
  const ofDay = value - whole
  const { year, month, day } = civil(whole)
  const start = daysBefore(year)
  return {
    ...{ year, month, day, ofDay },
    weekday: ((((whole + 3) % 7) + 7) % 7) + 1,
    // Fractions of a day are rounded numbers: 09:00 is not to become 08:59:59.999.
    hour: Math.floor(ofDay * 24 + 1e-7) % 24,
    ofYear: (whole - start) / (daysBefore(year + 1) - start),
  }
}

/** Days from 1970-01-01 to the first day of a year. */
const daysBefore = (year: number): number => {
  const before = year - 1
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719162
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const isLeap = (year: number): boolean => daysBefore(year + 1) - daysBefore(year) === 366

function civil(days: number): { year: number; month: number; day: number } {
  let year = Math.floor(days / 365.2425) + 1970
  while (daysBefore(year) > days) year--
  while (daysBefore(year + 1) <= days) year++
  let rest = days - daysBefore(year)
  let month = 0
  for (; month < 11; month++) {
    const length = monthLengths[month]! + (month === 1 && isLeap(year) ? 1 : 0)
    if (rest < length) break
    rest -= length
  }
  return { year, month: month + 1, day: rest + 1 }
}

/** Words that the findings share. */

export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

export const percent = (share: number): string => {
  const hundredths = share * 100
  // A share that is not all must not read as if it were.
  const digits = hundredths > 99.9 && hundredths < 100 ? 3 : hundredths !== 0 && hundredths < 0.1 ? 3 : 1
  return `${Number(hundredths.toFixed(digits))} %`
}

export const short = (value: number): string => String(Number(value.toPrecision(5)))

/** `"a"`, `"a" and "b"`, `"a", "b", "c" and 4 more`. */
export function listed(words: readonly string[], most = 3): string {
  const quoted = words.slice(0, most).map((word) => `"${word}"`)
  if (words.length > most) return `${quoted.join(', ')} and ${words.length - most} more`
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : (quoted[0] ?? '')
}

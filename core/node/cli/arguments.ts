import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number within bounds. */
export const wholeNumber =
  (minimum: number, maximum: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN
    if (value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`)
  }

/** Reads an option that is a number above 0, at most `maximum`: `0.01`, `1e-6`. */
export const positiveNumber =
  (maximum: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text)
    if (value > 0 && value <= maximum) return value
    throw new InvalidArgumentError(`It must be a number above 0, at most ${maximum}.`)
  }

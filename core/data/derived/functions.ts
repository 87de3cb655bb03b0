import { exp } from '../../numerics/exp'
import { log } from '../../numerics/log'
import { power } from '../../numerics/power'

/** A function of a formula. Missing arguments (NaN) make a missing value, but where it says otherwise. */
export interface FormulaFunction {
  readonly least: number
  readonly most: number
  readonly help: string
  /** True: the function is asked even where arguments are missing. */
  readonly seesMissing?: true
  /** True: gives 0 or 1, no or yes. */
  readonly isYesNo?: boolean
  of(...values: number[]): number
}

const one = (help: string, of: (x: number) => number): FormulaFunction => ({ least: 1, most: 1, help, of })
const days = (value: number): Date => new Date(Math.round(value * 86_400_000))

/** What a formula may call. Dates are days since 1970-01-01. */
export const formulaFunctions: Readonly<Record<string, FormulaFunction>> = {
  abs: one('size without sign', Math.abs),
  sqrt: one('square root', Math.sqrt),
  cbrt: one('cube root', Math.cbrt),
  exp: one('e to the power of x', exp),
  log: {
    least: 1,
    most: 2,
    help: 'natural logarithm, or to a base: log(x, 10)',
    of: (x, base) => (base === undefined ? log(x) : log(x) / log(base)),
  },
  log2: one('logarithm to base 2', Math.log2),
  log10: one('logarithm to base 10', Math.log10),
  log1p: one('log(1 + x)', Math.log1p),
  sin: one('sine', Math.sin),
  cos: one('cosine', Math.cos),
  tan: one('tangent', Math.tan),
  asin: one('inverse sine', Math.asin),
  acos: one('inverse cosine', Math.acos),
  atan: one('inverse tangent', Math.atan),
  atan2: { least: 2, most: 2, help: 'angle of the point (x, y): atan2(y, x)', of: Math.atan2 },
  tanh: one('hyperbolic tangent', Math.tanh),
  round: {
    least: 1,
    most: 2,
    help: 'nearest whole number, or with digits: round(x, 2)',
    of: (x, digits = 0) => Math.round(x * 10 ** digits) / 10 ** digits,
  },
  floor: one('whole number below', Math.floor),
  ceil: one('whole number above', Math.ceil),
  sign: one('-1, 0 or 1', Math.sign),
  min: { least: 1, most: 100, help: 'smallest of its arguments', of: Math.min },
  max: { least: 1, most: 100, help: 'largest of its arguments', of: Math.max },
  mean: {
    least: 1,
    most: 100,
    help: 'mean of its arguments',
    of: (...values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  },
  pow: { least: 2, most: 2, help: 'x to the power of y, as x^y', of: power },
  mod: { least: 2, most: 2, help: 'rest of a division, never negative for a positive divisor', of: modulo },
  if: {
    least: 3,
    most: 3,
    help: 'if(condition, then, else)',
    seesMissing: true,
    of: (condition, yes, no) => (Number.isNaN(condition) ? NaN : condition ? yes : no),
  },
  isMissing: {
    least: 1,
    most: 1,
    help: 'yes where the value is missing',
    seesMissing: true,
    isYesNo: true,
    of: (x) => Number(Number.isNaN(x)),
  },
  ifMissing: {
    least: 2,
    most: 2,
    help: 'ifMissing(x, y): y where x is missing',
    seesMissing: true,
    of: (x, other) => (Number.isNaN(x) ? other : x),
  },
  year: one('year of a date', (x) => days(x).getUTCFullYear()),
  month: one('month of a date, 1 to 12', (x) => days(x).getUTCMonth() + 1),
  day: one('day of the month of a date', (x) => days(x).getUTCDate()),
  weekday: one('day of the week of a date, Monday 1 to Sunday 7', (x) => ((days(x).getUTCDay() + 6) % 7) + 1),
  hour: one('hour of the day of a date and time, with its fraction', (x) => modulo(x, 1) * 24),
}

export const formulaConstants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  true: 1,
  false: 0,
}

/** Operators by the names that the parser gives them. */
export const formulaOperators: Readonly<Record<string, Omit<FormulaFunction, 'help' | 'least' | 'most'>>> = {
  add: { of: (a, b) => a + b },
  subtract: { of: (a, b) => a - b },
  multiply: { of: (a, b) => a * b },
  divide: { of: (a, b) => a / b },
  pow: { of: (a, b) => power(a, b) },
  mod: { of: (a, b) => modulo(a, b) },
  unaryMinus: { of: (a) => -a },
  unaryPlus: { of: (a) => a },
  smaller: { isYesNo: true, of: (a, b) => Number(a < b) },
  larger: { isYesNo: true, of: (a, b) => Number(a > b) },
  smallerEq: { isYesNo: true, of: (a, b) => Number(a <= b) },
  largerEq: { isYesNo: true, of: (a, b) => Number(a >= b) },
  equal: { isYesNo: true, of: (a, b) => Number(a === b) },
  unequal: { isYesNo: true, of: (a, b) => Number(a !== b) },
  and: { isYesNo: true, of: (a, b) => Number(a !== 0 && b !== 0) },
  or: { isYesNo: true, of: (a, b) => Number(a !== 0 || b !== 0) },
  not: { isYesNo: true, of: (a) => Number(a === 0) },
}

function modulo(a: number, b: number): number {
  return a - b * Math.floor(a / b)
}

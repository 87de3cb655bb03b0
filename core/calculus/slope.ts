/** The slope of a function of one variable at 0, as measured by difference quotients alone. */
export interface Slope {
  /** Of the whole. */
  readonly numeric: number
  /** Of what lies to either side. */
  readonly left: number
  readonly right: number
  /** By how much left and right differ for certain: 0 where the function is smooth, but for rounding. */
  readonly jump: number
  /** How wrong `numeric` may be since a kink lies so near that only the finest steps fit before it; else 0. */
  readonly doubt: number
}

/** Steps from coarse to fine, for a variable of about 1. */
const widths = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7]

/** Place of the width whose one-sided quotients are told: truncation and rounding are both near 1e-10. */
const sideWidth = 3

/** What is measured with one step. */
interface Quotients {
  /** The five-point quotient, whose error falls with the fourth power of the step. */
  readonly central: number
  /** Three-point quotients to one side only, whose errors fall with the second power. */
  readonly left: number
  readonly right: number
  /** How far rounding may move the central quotient; the difference of the one-sided ones, five times as far. */
  readonly rounding: number
}

/**
 * Measures the slope of `f` at 0. @param size of the variable, which the steps are scaled by
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 25.3.21 and table 25.2.
 */
export function slopeOf(f: (change: number) => number, size: number): Slope {
  const middle = f(0)
  const found = widths.map((width) => quotientsOf(f, middle, width * Math.max(1, size)))
  const { left, right } = found[sideWidth]!
  return { ...centralOf(found), left, right, jump: jumpOf(found) }
}

function quotientsOf(f: (change: number) => number, middle: number, h: number): Quotients {
  const [a, b, c, d] = [f(-2 * h), f(-h), f(h), f(2 * h)]
  return {
    central: (a - 8 * b + 8 * c - d) / (12 * h),
    left: (3 * middle - 4 * b + a) / (2 * h),
    right: (-3 * middle + 4 * c - d) / (2 * h),
    // The weights of the central quotient add up to 18 / 12, those of both sides to 16 / 2.
    rounding: (1.5 * Number.EPSILON * Math.abs(middle)) / h,
  }
}

/**
 * The step at which left and right agree best, rounding counted in. Where the function is smooth, what they differ by falls
 * with the square of the step until it is lost in rounding, which steps ten times as fine make ten times as large; so
 * at the best step it is at most some ten times as large as rounding. At a kink it stays as it is, however fine the step.
 */
function jumpOf(found: readonly Quotients[]): number {
  const doubts = found.map(({ left, right, rounding }) => Math.abs(right - left) + 5 * rounding)
  const { left, right, rounding } = found[doubts.indexOf(Math.min(...doubts))]!
  const difference = Math.abs(right - left)
  return difference > 100 * rounding ? difference : 0
}

/**
 * A coarse step may jump over a kink and a fine one loses digits, so the coarsest step is taken that no finer one speaks
 * against, as far as its rounding lets it. Where that is one of the finest, a kink is near, and rounding may be too much.
 */
function centralOf(found: readonly Quotients[]): Pick<Slope, 'numeric' | 'doubt'> {
  const errors = found.map(
    ({ central, rounding }, i) => Math.max(0, ...found.slice(i + 1).map(beyond(central))) + rounding,
  )
  const best = errors.indexOf(Math.min(...errors))
  const { central, rounding } = found[best]!
  return { numeric: central, doubt: best < found.length - 2 ? 0 : 3 * rounding }
}

/** By how much a quotient differs from a finer one, beyond what rounding may have done to that. */
const beyond =
  (coarse: number) =>
  ({ central, rounding }: Quotients): number =>
    Math.abs(coarse - central) - 10 * rounding

import type { Objective, Point } from './method'
import { along, dot, largest } from './vectors'

/** A point on the ray x + t d with the slope of the loss along it. */
interface Place<P extends Point> {
  readonly t: number
  readonly point: P
  readonly loss: number
  readonly slope: number
}

export interface LineSearch<P extends Point> {
  readonly start: P
  /** [parameters] */
  readonly direction: Float64Array
  readonly objective: Objective<P>
  /** The first step to try. */
  readonly t: number
}

/** Sufficient decrease and curvature: Nocedal and Wright, equations 3.7a and 3.7b, with their values for quasi-Newton. */
const c1 = 1e-4
const c2 = 0.9
const mostTrials = 25
/** Brackets that move no parameter by more than this are narrow enough. */
const narrowest = 1e-9

/**
 * A step along `direction` that satisfies the strong Wolfe conditions, or the best of those tried.
 * Source: Nocedal and Wright, “Numerical Optimization”, 2nd edition, 2006, algorithms 3.5 (bracketing) and 3.6 (zoom);
 * trials by equation 3.59, kept off the bracket's ends as in PyTorch's LBFGS.
 */
export function strongWolfe<P extends Point>(search: LineSearch<P>): P {
  const { start, direction, objective } = search
  const slope = dot(start.gradient, direction)
  const origin: Place<P> = { t: 0, point: start, loss: start.loss, slope }
  const look = (t: number): Place<P> => {
    const point = objective.at(along(start.x, t, direction))
    // A loss that is no number lies beyond every bracket.
    const loss = Number.isFinite(point.loss) ? point.loss : Infinity
    return { t, point, loss, slope: dot(point.gradient, direction) }
  }
  const found = bracket(origin, look, search.t)
  if (found.done) return found.done.point
  return zoom(found, origin, look, largest(direction)).point
}

interface Bracket<P extends Point> {
  readonly ends: [Place<P>, Place<P>]
  /** Trials so far, beside the first. */
  readonly trials: number
  readonly done?: Place<P>
}

const decreases = <P extends Point>({ t, loss }: Place<P>, origin: Place<P>): boolean =>
  loss <= origin.loss + c1 * t * origin.slope

const isFlat = <P extends Point>({ slope }: Place<P>, origin: Place<P>): boolean =>
  Math.abs(slope) <= -c2 * origin.slope

type Look<P extends Point> = (t: number) => Place<P>

/** Lengthens the step until a good one lies within. */
function bracket<P extends Point>(origin: Place<P>, look: Look<P>, first: number): Bracket<P> {
  let before = origin
  let here = look(first)
  for (let trials = 0; trials < mostTrials; trials++) {
    const rises = trials > 1 && here.loss >= before.loss
    if (!decreases(here, origin) || rises) return { ends: [before, here], trials }
    if (isFlat(here, origin)) return { ends: [here, here], trials, done: here }
    if (here.slope >= 0) return { ends: [before, here], trials }
    const bounds = [here.t + 0.01 * (here.t - before.t), here.t * 10] as const
    const next = look(cubicMinimum(before, here, bounds))
    before = here
    here = next
  }
  return { ends: [origin, here], trials: mostTrials }
}

/** Narrows the bracket down to a good step. */
function zoom<P extends Point>(
  { ends, trials }: Bracket<P>,
  origin: Place<P>,
  look: Look<P>,
  size: number,
): Place<P> {
  let [low, high] = ends[0].loss <= ends[1].loss ? ends : [ends[1], ends[0]]
  let slow = false
  for (; trials < mostTrials && Math.abs(high.t - low.t) * size >= narrowest; trials++) {
    const [left, right] = low.t < high.t ? [low, high] : [high, low]
    const trial = keptOff(cubicMinimum(left, right, [left.t, right.t]), left.t, right.t, slow)
    slow = trial.slow
    const here = look(trial.t)
    if (!decreases(here, origin) || here.loss >= low.loss) {
      high = here
      if (high.loss < low.loss) [low, high] = [high, low]
      continue
    }
    if (isFlat(here, origin)) return here
    if (here.slope * (high.t - low.t) >= 0) high = low
    low = here
  }
  return low
}

/** A trial near an end of the bracket is moved inward by a tenth of it when it happens twice, or lies on the end. */
function keptOff(t: number, left: number, right: number, slow: boolean): { t: number; slow: boolean } {
  const margin = 0.1 * (right - left)
  if (Math.min(right - t, t - left) >= margin) return { t, slow: false }
  if (!slow && t < right && t > left) return { t, slow: true }
  return { t: Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin, slow: false }
}

/**
 * Where the cubic through two values and slopes is least, within the bounds; the middle where it has no minimum.
 * Source: Nocedal and Wright, equation 3.59.
 */
function cubicMinimum<P extends Point>(
  a: Place<P>,
  b: Place<P>,
  [least, most]: readonly [number, number],
): number {
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.t - b.t)
  const square = d1 * d1 - a.slope * b.slope
  const middle = (least + most) / 2
  if (!(square >= 0)) return middle
  const d2 = Math.sqrt(square)
  const [left, right] = a.t <= b.t ? [a, b] : [b, a]
  const t = right.t - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2))
  return Number.isFinite(t) ? Math.min(Math.max(t, least), most) : middle
}

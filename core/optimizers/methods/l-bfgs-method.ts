import type { FullBatchMethod, MethodState, Objective, Point } from './method'
import { strongWolfe } from './strong-wolfe'
import { absoluteSum, along, difference, dot, largest } from './vectors'

interface Settings {
  readonly history: number
  readonly tolerance: number
}

/** One past iteration: s = x_new - x_old, y = ∇f(x_new) - ∇f(x_old). */
interface Pair {
  readonly s: Float64Array
  readonly y: Float64Array
}

/** Pairs of less curvature say more about rounding than about the loss. */
const leastCurvature = 1e-10

export const createLbfgs = (settings: Settings): FullBatchMethod => new Lbfgs(settings)

class Lbfgs implements FullBatchMethod {
  private pairs: Pair[] = []
  /** False before the first iteration, whose step has no scale yet. */
  private begun = false

  constructor(private readonly settings: Settings) {}

  iterate<P extends Point>(point: P, objective: Objective<P>, rate: number): P {
    if (largest(point.gradient) <= this.settings.tolerance) return point
    const found = this.search(point, objective, rate)
    if (found !== point || this.pairs.length === 0) return found
    // A history that leads nowhere is given up before the search is.
    this.pairs = []
    return this.search(point, objective, rate)
  }

  private search<P extends Point>(start: P, objective: Objective<P>, rate: number): P {
    const direction = descent(start.gradient, this.pairs)
    if (!(dot(start.gradient, direction) < 0)) return start
    const t = this.begun ? rate : rate * Math.min(1, 1 / absoluteSum(start.gradient))
    this.begun = true
    const end = strongWolfe({ start, direction, objective, t })
    if (end.loss >= start.loss && end !== start) return start
    this.remember(start, end)
    return end
  }

  private remember(start: Point, end: Point): void {
    const pair = { s: difference(end.x, start.x), y: difference(end.gradient, start.gradient) }
    if (!(dot(pair.s, pair.y) > leastCurvature)) return
    this.pairs.push(pair)
    if (this.pairs.length > this.settings.history) this.pairs.shift()
  }

  state(): MethodState {
    const vectors = this.pairs.flatMap(({ s, y }, i) => [[`s.${i}`, s] as const, [`y.${i}`, y] as const])
    return { ...Object.fromEntries(vectors), begun: Float64Array.of(this.begun ? 1 : 0) }
  }

  restore(state: MethodState): void {
    this.begun = state.begun?.[0] === 1
    this.pairs = []
    for (let i = 0; state[`s.${i}`]; i++) this.pairs.push({ s: state[`s.${i}`]!, y: state[`y.${i}`]! })
  }
}

/**
 * -H ∇f by the two-loop recursion, H₀ = (sᵀy / yᵀy) I from the newest pair; without pairs the steepest descent.
 * Source: Nocedal and Wright, algorithm 7.4 and equation 7.20.
 */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  let q: Float64Array = gradient.map((value) => -value)
  const newest = pairs.at(-1)
  if (!newest) return q
  const factors: number[] = []
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y } = pairs[i]!
    factors[i] = dot(s, q) / dot(y, s)
    q = along(q, -factors[i]!, y)
  }
  const scale = dot(newest.s, newest.y) / dot(newest.y, newest.y)
  let r: Float64Array = q.map((value) => value * scale)
  pairs.forEach(({ s, y }, i) => {
    const back = dot(y, r) / dot(y, s)
    r = along(r, factors[i]! - back, s)
  })
  return r
}

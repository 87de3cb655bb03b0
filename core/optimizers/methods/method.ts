/** A place in parameter space and what the function is like there. All float64, [parameters]. */
export interface Point {
  readonly x: Float64Array
  readonly loss: number
  readonly gradient: Float64Array
}

/** The mean loss over all training rows, penalties included, as a function of the flat parameters. */
export interface Objective<P extends Point> {
  /** The point's own `x` is what the backend could hold of the one given. */
  at(x: Float64Array): P
  /**
   * Of a mean squared error: half its Gauss-Newton matrix Jᵀ J at the point, summed (not averaged) over the rows and
   * row-major [parameters, parameters], J [rows, parameters] being the derivatives of the predictions.
   */
  gaussNewton(point: P): Float64Array
  /** How much all rows count together: what turns means into sums. */
  readonly weight: number
}

/** Numbers that a method remembers from one iteration to the next. */
export type MethodState = Readonly<Record<string, Float64Array>>

/** The iterations of a full-batch optimizer. */
export interface FullBatchMethod {
  /**
   * One iteration from `point`; `rate` is the learning rate times the schedule's factor.
   * Gives the new point; the same point where nothing better is to be found.
   */
  iterate<P extends Point>(point: P, objective: Objective<P>, rate: number): P
  state(): MethodState
  restore(state: MethodState): void
}

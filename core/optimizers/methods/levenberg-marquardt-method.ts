import { solveSymmetric } from './cholesky'
import type { FullBatchMethod, MethodState, Objective, Point } from './method'
import { along } from './vectors'

interface Settings {
  readonly damping: number
  readonly increase: number
  readonly decrease: number
  readonly mostDamping: number
}

export const createLevenbergMarquardt = (settings: Settings): FullBatchMethod =>
  new LevenbergMarquardt(settings)

class LevenbergMarquardt implements FullBatchMethod {
  private damping: number

  constructor(private readonly settings: Settings) {
    this.damping = settings.damping
  }

  iterate<P extends Point>(point: P, objective: Objective<P>, rate: number): P {
    const { increase, decrease, mostDamping } = this.settings
    const matrix = objective.gaussNewton(point)
    // The gradient of the mean is 2 Jᵀ r / weight.
    const side = point.gradient.map((value) => (-value * objective.weight) / 2)
    for (; this.damping <= mostDamping; this.damping *= increase) {
      const step = solveSymmetric(damped(matrix, this.damping), side)
      if (!step) continue
      const next = objective.at(along(point.x, rate, step))
      if (!(next.loss < point.loss)) continue
      this.damping *= decrease
      return next
    }
    // The next iteration, should there be one, begins where this one gave up.
    this.damping = mostDamping
    return point
  }

  state(): MethodState {
    return { damping: Float64Array.of(this.damping) }
  }

  restore({ damping }: MethodState): void {
    this.damping = damping?.[0] ?? this.settings.damping
  }
}

/** A + μ I */
function damped(matrix: Float64Array, damping: number): Float64Array {
  const n = Math.sqrt(matrix.length)
  const sum = Float64Array.from(matrix)
  for (let i = 0; i < n; i++) sum[i * n + i]! += damping
  return sum
}

import type { Config, Kind } from '../catalog/kind'
import type { Shape } from '../graph/shape'
import type { Random } from '../random/random'

/** What an initializer may know of the array that it fills. */
export interface ArrayToFill {
  readonly shape: Shape
  /** Connections into and out of one unit. */
  readonly fanIn: number
  readonly fanOut: number
}

export interface InitializerKind<C extends Config = Config> extends Kind<C> {
  /** Fills a parameter's numbers, row-major. */
  fill(values: Float64Array, array: ArrayToFill, random: Random): void
}

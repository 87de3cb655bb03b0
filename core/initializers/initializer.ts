import type { Config, Kind } from '../catalog/kind'
import type { Random } from '../random/random'

export interface InitializerKind<C extends Config = Config> extends Kind<C> {
  /** Fills a parameter of `size` numbers; `fanIn` and `fanOut` are the connections of one unit. */
  fill(values: Float64Array, fanIn: number, fanOut: number, random: Random): void
}

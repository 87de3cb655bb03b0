import type { Shape } from '../graph/shape'
import { sizeOf } from '../graph/shape'
import { initializers } from '../initializers/registry'
import type { ParameterSpec, StatisticSpec } from '../layers/layer'
import type { Random } from '../random/random'

/** One array's window of a flat vector. */
export interface PlacedArray<Spec> {
  /** `1.dense.weights`; inside blocks `2.residual.1.dense.weights` */
  readonly name: string
  /** Index of its layer in the stack, from 0; inside blocks, the block's. */
  readonly layer: number
  readonly spec: Spec
  readonly shape: Shape
  readonly offset: number
  readonly size: number
}

export type PlacedParameter = PlacedArray<ParameterSpec>

/** All parameters in one flat vector, in the order of the stack; a block's own come before those of its branches. */
export interface ParameterLayout {
  readonly parameters: readonly PlacedParameter[]
  readonly size: number
}

/** All statistics in one flat vector, in the order of the stack. */
export interface StatisticLayout {
  readonly statistics: readonly PlacedArray<StatisticSpec>[]
  readonly size: number
}

/** What laying out needs of a layer. */
interface Owner {
  readonly name: string
  readonly parameters: readonly ParameterSpec[]
  readonly statistics: readonly StatisticSpec[]
  readonly branches: readonly (readonly Owner[])[]
}

export function layOut(layers: readonly Owner[]): ParameterLayout {
  const { arrays, size } = place(layers, (layer) => layer.parameters)
  return { parameters: arrays, size }
}

export function layOutStatistics(layers: readonly Owner[]): StatisticLayout {
  const { arrays, size } = place(layers, (layer) => layer.statistics)
  return { statistics: arrays, size }
}

function place<Spec extends { readonly name: string; readonly shape: Shape }>(
  layers: readonly Owner[],
  specsOf: (layer: Owner) => readonly Spec[],
): { arrays: PlacedArray<Spec>[]; size: number } {
  let offset = 0
  const arrays = layers.flatMap((outer, index) =>
    withInner(outer).flatMap((layer) =>
      specsOf(layer).map((spec) => {
        const { shape } = spec
        const size = sizeOf(shape)
        const name = `${layer.name}.${spec.name}`
        const placed = { name, layer: index, spec, shape, offset, size }
        offset += size
        return placed
      }),
    ),
  )
  return { arrays, size: offset }
}

const withInner = (layer: Owner): Owner[] => [layer, ...layer.branches.flat().flatMap(withInner)]

/** First values of all parameters. Each draws from a stream of its own name, so that adding a layer changes no other. */
export function initialParameters(layout: ParameterLayout, random: Random): Float64Array {
  const values = new Float64Array(layout.size)
  for (const { name, spec, offset, size } of layout.parameters) {
    const window = values.subarray(offset, offset + size)
    const { initializer } = spec
    if (typeof initializer === 'number') window.fill(initializer)
    else if (typeof initializer === 'string')
      initializers.get(initializer, name).fill(window, spec, random.split(name))
    else window.set(initializer)
  }
  return values
}

/** First values of all statistics. */
export function initialStatistics(layout: StatisticLayout): Float64Array {
  const values = new Float64Array(layout.size)
  for (const { spec, offset, size } of layout.statistics) values.fill(spec.initial, offset, offset + size)
  return values
}

import type { Shape } from '../graph/shape'
import { sizeOf } from '../graph/shape'
import { initializers } from '../initializers/registry'
import type { ParameterSpec } from '../layers/layer'
import type { Random } from '../random/random'

/** One parameter's window of the flat vector. */
export interface PlacedParameter {
  /** `1.dense.weights` */
  readonly name: string
  /** Index of its layer in the stack, from 0. */
  readonly layer: number
  readonly spec: ParameterSpec
  readonly shape: Shape
  readonly offset: number
  readonly size: number
}

/** All parameters in one flat vector, in the order of the stack. */
export interface ParameterLayout {
  readonly parameters: readonly PlacedParameter[]
  readonly size: number
}

export function layOut(
  layers: readonly { readonly name: string; readonly parameters: readonly ParameterSpec[] }[],
): ParameterLayout {
  let offset = 0
  const parameters = layers.flatMap((layer, index) =>
    layer.parameters.map((spec) => {
      const size = sizeOf(spec.shape)
      const placed = {
        name: `${layer.name}.${spec.name}`,
        layer: index,
        spec,
        shape: spec.shape,
        offset,
        size,
      }
      offset += size
      return placed
    }),
  )
  return { parameters, size: offset }
}

/** First values of all parameters. Each draws from a stream of its own name, so that adding a layer changes no other. */
export function initialParameters(layout: ParameterLayout, random: Random): Float64Array {
  const values = new Float64Array(layout.size)
  for (const { name, spec, offset, size } of layout.parameters) {
    const window = values.subarray(offset, offset + size)
    initializers.get(spec.initializer, name).fill(window, spec.fanIn, spec.fanOut, random.split(name))
  }
  return values
}

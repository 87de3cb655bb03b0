import { z } from 'zod'
import type { Config } from '../catalog/kind'
import type { Tensor } from '../graph/graph'
import type { LayerKind } from './layer'

/** Settings of an activation that has none. */
export const noSettings = z.strictObject({})

interface Activation<C extends Config> extends Omit<
  LayerKind<C>,
  'group' | 'fixed' | 'elementwise' | 'outputShape' | 'parameters' | 'build'
> {
  /** The function, element by element. */
  apply: (x: Tensor, config: C) => Tensor
}

/** A layer without parameters that keeps its input's shape, made from one function of primitives. */
export function activation<C extends Config>({ apply, ...kind }: Activation<C>): LayerKind<C> {
  return {
    ...kind,
    group: 'Activation',
    elementwise: true,
    outputShape: (_config, input) => input,
    parameters: () => [],
    build: ({ config, input }) => apply(input, config),
  }
}

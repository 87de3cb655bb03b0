import { fieldsOf, type FormField } from '../../catalog/form'
import type { LayerEntry } from '../../experiment/schema'
import { layers as layerKinds } from '../../layers/registry'
import { layerPlaces } from '../../network/layer-places'

/** A setting of a layer that may change while a training runs, such as the rate of a dropout. */
export interface ChangeableSetting {
  /** Inside the experiment: `network.1.rate` */
  readonly path: string
  /** The layer as people call it: `2 · Dropout` */
  readonly layer: string
  readonly field: FormField
  readonly value: number
}

/** Those of a stack; a layer's schema tells which of its settings are `changeable`. */
export const changeableSettings = (network: readonly LayerEntry[]): ChangeableSetting[] =>
  layerPlaces(network).flatMap(({ path, words, entry }) =>
    fieldsOf(layerKinds.get(entry.type))
      .filter((field) => field.changeable)
      .map((field) => ({
        path: `${path}.${field.name}`,
        layer: words,
        field,
        value: entry[field.name] as number,
      })),
  )

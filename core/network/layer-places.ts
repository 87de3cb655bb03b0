import type { LayerEntry } from '../experiment/schema'
import { layers as layerKinds } from '../layers/registry'

/** What people call a layer: `3 · Dense`; `words` come before it inside a block. */
export function layerWords(words: string, index: number, entry: LayerEntry | undefined): string {
  const type = String((entry as LayerEntry | null | undefined)?.type)
  return `${words}${index + 1} · ${layerKinds.has(type) ? layerKinds.get(type).label : type}`
}

/** What comes before the layers of a block's branch: `2 · Residual › `; branches of several have names. */
export const branchWords = (block: string, branch: string): string =>
  branch ? `${block} › branch ${branch} › ` : `${block} › `

/** A layer of a stack, those inside blocks included. */
export interface LayerPlace {
  /** Inside the experiment: `network.2.layers.0` */
  readonly path: string
  readonly words: string
  /** With all its defaults. */
  readonly entry: LayerEntry
}

/** Every layer whose kind and settings are known; others, and what is inside them, are left out. */
export function layerPlaces(stack: readonly LayerEntry[], path = 'network', words = ''): LayerPlace[] {
  return stack.flatMap((raw, index) => {
    const entry = known(raw)
    if (!entry) return []
    const own = { path: `${path}.${index}`, words: layerWords(words, index, entry), entry }
    const { type, ...config } = entry
    const branches = layerKinds.get(type).branches?.(config) ?? []
    const inner = branches.flatMap((branch) =>
      layerPlaces(branch.layers, `${own.path}.${branch.path}`, branchWords(own.words, branch.name)),
    )
    return [own, ...inner]
  })
}

function known(entry: LayerEntry): LayerEntry | null {
  try {
    return layerKinds.parse(entry)
  } catch {
    return null
  }
}

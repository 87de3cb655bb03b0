import type { LayerEntry } from '../experiment/schema'
import { layers } from '../layers/registry'

/** An entry with every default written out, those of layers inside it included. @throws LabError as the registry's. */
export function completeEntry(entry: LayerEntry, path: string): LayerEntry {
  const whole = layers.parse(entry, path)
  const { type, ...config } = whole
  const branches = layers.get(type).branches?.(config) ?? []
  return branches.reduce<LayerEntry>((so, branch) => {
    const inner = branch.layers.map((layer, i) => completeEntry(layer, `${path}.${branch.path}.${i}`))
    return replaced(so, branch.path.split('.'), inner) as LayerEntry
  }, whole)
}

/** A copy of `value` in which the part at `path` is `part`. */
export function replaced(value: unknown, [key, ...rest]: readonly string[], part: unknown): unknown {
  if (key === undefined) return part
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (String(i) === key ? replaced(item, rest, part) : item))
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: replaced(fields[key], rest, part) }
}

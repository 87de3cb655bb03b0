import type { LayerEntry } from '../../../core/experiment/schema'
import type { Branch } from '../../../core/layers/layer'
import { layers } from '../../kinds'
import { insertLayer, isFixed, moveLayer, removeLayer } from './stack-edits'

/**
 * Edits of a network whose blocks hold layers of their own. A layer's place is its path as in the experiment file, from
 * the network on: `2`, or `2.layers.0` and `2.branches.1.0` inside blocks. A gap is the place of what goes after it.
 */
export type Place = string

/** A layer's list, empty for the network itself, and its index there. */
export interface Position {
  readonly list: string
  readonly index: number
}

export interface Edited {
  readonly network: readonly LayerEntry[]
  readonly at: Place
}

export function positionOf(place: Place): Position {
  const parts = place.split('.')
  return { list: parts.slice(0, -1).join('.'), index: Number(parts.at(-1)) }
}

export const placeOf = ({ list, index }: Position): Place => (list ? `${list}.${index}` : `${index}`)

/** The block that a list is in; nothing for the network. */
export function blockOf(list: string): Place | undefined {
  const end = list.search(/\.[a-z]\w*(\.\d+)?$/i)
  return end < 0 ? undefined : list.slice(0, end)
}

/** The stacks inside a layer, none for a layer that is no block or whose settings are wrong. */
export function branchesOf(entry: LayerEntry): readonly Branch[] {
  if (!layers.has(entry.type)) return []
  try {
    const { type, ...config } = layers.parse(entry)
    return layers.get(type).branches?.(config) ?? []
  } catch {
    return []
  }
}

/** The network with what its blocks leave to their defaults written out, so that it can be edited inside. */
export const withBranches = (network: readonly LayerEntry[]): LayerEntry[] =>
  network.map((entry) =>
    branchesOf(entry).reduce<LayerEntry>(
      (so, { path, layers: inner }) => replaced(so, path.split('.'), withBranches(inner)) as LayerEntry,
      branchesOf(entry).length ? { ...layers.parse(entry) } : entry,
    ),
  )

function replaced(value: unknown, [key, ...rest]: readonly string[], part: unknown): unknown {
  if (key === undefined) return part
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, part) : item))
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: replaced(fields[key], rest, part) }
}

const valueAt = (network: readonly LayerEntry[], path: string): unknown =>
  path
    ? path
        .split('.')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], network)
    : network

export const entryAt = (network: readonly LayerEntry[], place: Place): LayerEntry | undefined =>
  valueAt(network, place) as LayerEntry | undefined

export const listAt = (network: readonly LayerEntry[], list: string): readonly LayerEntry[] =>
  valueAt(network, list) as readonly LayerEntry[]

const withPart = (network: readonly LayerEntry[], path: string, part: unknown): LayerEntry[] =>
  replaced(network, path ? path.split('.') : [], part) as LayerEntry[]

/** The place itself, or where it is lost, as after an undo, the nearest that is there. */
export function nearest(network: readonly LayerEntry[], place: Place): Place {
  const { list, index } = positionOf(place)
  const siblings = valueAt(network, list)
  if (Array.isArray(siblings) && siblings.length)
    return placeOf({ list, index: Math.max(0, Math.min(index, siblings.length - 1)) })
  const block = blockOf(list)
  return block === undefined ? '0' : nearest(network, block)
}

/** The output layer at the end of the network stays where it is; inside a block there is none. */
export function staysPut(network: readonly LayerEntry[], place: Place): boolean {
  const { list, index } = positionOf(place)
  return list === '' && isFixed(network, index)
}

/** A block without layers would do nothing, so its last one stays. */
export function isLastInside(network: readonly LayerEntry[], place: Place): boolean {
  const { list } = positionOf(place)
  return list !== '' && listAt(network, list).length === 1
}

export function insertAt(network: readonly LayerEntry[], gap: Place, entry: LayerEntry): Edited {
  const { list, index } = positionOf(gap)
  const siblings = listAt(network, list)
  if (list === '') {
    const { stack, at } = insertLayer(network, index, entry)
    return { network: stack, at: String(at) }
  }
  const next = [...siblings.slice(0, index), entry, ...siblings.slice(index)]
  return { network: withPart(network, list, next), at: gap }
}

export function removeAt(network: readonly LayerEntry[], place: Place): LayerEntry[] {
  const { list, index } = positionOf(place)
  const siblings = listAt(network, list)
  const rest = list === '' ? removeLayer(network, index) : siblings.filter((_, at) => at !== index)
  return withPart(network, list, rest)
}

export const replaceAt = (network: readonly LayerEntry[], place: Place, entry: LayerEntry): LayerEntry[] =>
  withPart(network, place, entry)

/** Moves a layer into a gap, in its own list or another; gaps and places as before the move. Stays where it may not go. */
export function moveTo(network: readonly LayerEntry[], from: Place, gap: Place): Edited {
  const source = positionOf(from)
  const target = positionOf(gap)
  const entry = entryAt(network, from)
  const stays = { network, at: from }
  if (!entry || gap.startsWith(`${from}.`)) return stays
  if (source.list === target.list) {
    const { stack, at } = moveLayer(listAt(network, source.list), source.index, target.index)
    return { network: withPart(network, source.list, stack), at: placeOf({ list: source.list, index: at }) }
  }
  if (staysPut(network, from) || isLastInside(network, from)) return stays
  return insertAt(removeAt(network, from), afterRemoval(gap, source), entry)
}

/** A gap inside a block that comes after what was taken out of the block's own list is one place nearer. */
function afterRemoval(gap: Place, { list, index }: Position): Place {
  const before = list ? `${list}.` : ''
  if (!gap.startsWith(before)) return gap
  const [next, ...rest] = gap.slice(before.length).split('.')
  const moved = Number(next) > index ? Number(next) - 1 : Number(next)
  return `${before}${[moved, ...rest].join('.')}`
}

/** Where a layer goes that is moved one up or down by the keyboard: out of its block at the block's ends. */
export function stepGap(network: readonly LayerEntry[], place: Place, direction: -1 | 1): Place | undefined {
  const { list, index } = positionOf(place)
  const next = index + direction
  if (next >= 0 && next < listAt(network, list).length)
    return placeOf({ list, index: direction < 0 ? next : next + 1 })
  const block = blockOf(list)
  if (block === undefined) return undefined
  const { list: outer, index: at } = positionOf(block)
  return placeOf({ list: outer, index: direction < 0 ? at : at + 1 })
}

/** The setting that holds a block's branches, where their number can change: `branches`. */
export function branchSetting(entry: LayerEntry): string | undefined {
  const match = /^(.+)\.\d+$/.exec(branchesOf(entry)[0]?.path ?? '')
  return match?.[1]
}

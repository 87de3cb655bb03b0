import type { LayerEntry } from '../../../core/experiment/schema'

/** Edits of a stack of layers; each gives a new one. The output layer stays last. */
export type Stack = readonly LayerEntry[]

const isOutput = (entry: LayerEntry | undefined): boolean => entry?.type === 'output'

/** Gaps that a layer can go into: 0 is before the first; none is after the output layer. */
export const lastGap = (stack: Stack): number => (isOutput(stack.at(-1)) ? stack.length - 1 : stack.length)

const clampGap = (stack: Stack, gap: number): number => Math.max(0, Math.min(gap, lastGap(stack)))

/** @returns the stack with `entry` in a gap, and the entry's place */
export function insertLayer(
  stack: Stack,
  gap: number,
  entry: LayerEntry,
): { stack: LayerEntry[]; at: number } {
  const at = clampGap(stack, gap)
  return { stack: [...stack.slice(0, at), entry, ...stack.slice(at)], at }
}

export const removeLayer = (stack: Stack, index: number): LayerEntry[] =>
  stack.filter((entry, place) => place !== index || isFixed(stack, index, entry))

/** Moves a layer into a gap, as gaps are counted before the move. */
export function moveLayer(stack: Stack, from: number, gap: number): { stack: LayerEntry[]; at: number } {
  const entry = stack[from]
  if (!entry || isFixed(stack, from, entry)) return { stack: [...stack], at: from }
  const rest = stack.filter((_, place) => place !== from)
  return insertLayer(rest, gap > from ? gap - 1 : gap, entry)
}

/** The output layer at the end can be neither moved, removed nor doubled; a second one elsewhere is a mistake to mend. */
export const isFixed = (stack: Stack, index: number, entry = stack[index]): boolean =>
  isOutput(entry) && index === stack.length - 1

import type { LayerEntry } from '../experiment/schema'
import { isCoded, type CodedColumn, type Column } from './table'

/** With more, one input each would be learned from a few rows each; a few numbers that are looked up share what values have in common. */
const mostOneHot = 12

/** True for a category with more values than should get one input each. */
export const isManyValued = (column: Column): column is CodedColumn =>
  column.type === 'category' && isCoded(column) && column.levels.length > mostOneHot

/**
 * A layer for each category of many values: codes come first among the inputs, and the last of them is looked up first, so
 * that the places of those before it stay. One id is for values that training never saw.
 */
export const proposeEmbeddings = (features: readonly Column[]): LayerEntry[] =>
  features
    .filter(isManyValued)
    .map(({ levels }, at) => ({
      type: 'embedding',
      vocabulary: levels.length + 1,
      dimensions: Math.min(16, Math.round(Math.sqrt(levels.length))),
      column: at + 1,
    }))
    .reverse()

import type { Finding } from '../data/findings/finding'
import { attemptNetwork, type LayerAttempt, type NetworkDefinition } from './resolve'

/**
 * Categories that come as codes and that no layer looks up: the network computes with them as if the order of the categories
 * were a measure. It can be trained, but hardly ever says what was meant.
 * @param codes the columns that come as codes; they are the first inputs
 */
export function findRawCodes(definition: NetworkDefinition, codes: readonly string[]): Finding[] {
  if (codes.length === 0) return []
  return neverLookedUp(codes, attemptNetwork(definition)).map((column) => ({
    code: 'raw-codes',
    severity: 'note',
    expected: 'an embedding layer that looks up the codes of this column',
    came: 'none, so that the third category counts as twice the second',
    advice: 'Encode the column as one-hot, or put an embedding layer for it at the start of the network.',
    place: { column },
    columns: [column],
    fix: { label: `Encode ${column} as one-hot`, change: { columns: { [column]: { encode: 'one-hot' } } } },
  }))
}

/** Those that are computed with before a layer looks them up. Below a layer that does not fit, nobody knows. */
function neverLookedUp(codes: readonly string[], layers: readonly LayerAttempt[]): readonly string[] {
  let left = codes
  for (const { layer, branches } of layers) {
    const ids = layer?.kind.idInputs?.(layer.config)
    if (!layer || ids === 'all') return []
    if (ids === undefined) return inEveryBranch(left, branches)
    left = left.filter((_, place) => place !== ids)
  }
  return left
}

/** One branch of a block that looks a column up is enough; what is no block has no branches. */
const inEveryBranch = (codes: readonly string[], branches: LayerAttempt['branches']): readonly string[] =>
  branches.reduce<readonly string[]>((left, branch) => {
    const raw = neverLookedUp(codes, branch)
    return left.filter((column) => raw.includes(column))
  }, codes)

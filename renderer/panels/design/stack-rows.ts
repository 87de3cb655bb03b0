import type { LayerEntry } from '../../../core/experiment/schema'
import type { HelpPage } from '../../../core/errors/lab-error'
import type { LayerReport } from '../../../core/network/describe'
import { layers } from '../../kinds'
import { branchesOf } from './stack-tree'
import type { Place } from './stack-tree'

/** A layer of the stack as one row of the list, those inside blocks after their block. */
export interface LayerRow {
  readonly kind: 'layer'
  readonly place: Place
  readonly index: number
  readonly depth: number
  readonly entry: LayerEntry
  readonly report?: LayerReport
  /** Its own problem, not one of a layer inside it. */
  readonly problem?: HelpPage
  /** A layer inside it has a problem. */
  readonly isTroubled: boolean
}

/** The line over a branch, or the one that closes a block. A layer dropped before it goes to the end of what it closes. */
export interface MarkRow {
  readonly kind: 'head' | 'foot'
  readonly key: string
  readonly depth: number
  readonly words: string
  readonly gap?: Place
}

export type Row = LayerRow | MarkRow

interface List {
  readonly entries: readonly LayerEntry[]
  readonly reports: readonly (LayerReport | undefined)[]
  readonly path: string
  readonly depth: number
  /** Those of the whole network. */
  readonly problems: readonly HelpPage[]
}

export const rowsOf = (
  entries: readonly LayerEntry[],
  reports: readonly LayerReport[],
  problems: readonly HelpPage[],
): Row[] => rowsOfList({ entries, reports, problems, path: '', depth: 0 })

const rowsOfList = (list: List): Row[] =>
  list.entries.flatMap((entry, index) => rowsOfLayer(list, entry, index))

function rowsOfLayer(list: List, entry: LayerEntry, index: number): Row[] {
  const place = list.path ? `${list.path}.${index}` : `${index}`
  const report = list.reports[index]
  const branches = branchesOf(entry)
  const within = (path: string): readonly HelpPage[] =>
    list.problems.filter(({ place: at }) => `${at?.path}.`.startsWith(`network.${path}.`))
  const inner = branches.flatMap(({ path }) => within(`${place}.${path}`))
  const problem = within(place).find((page) => !inner.includes(page))
  const depth = list.depth
  const row: LayerRow = {
    ...{ kind: 'layer', place, index, depth, entry, isTroubled: inner.length > 0 },
    ...(report && { report }),
    ...(problem && { problem }),
  }
  if (!branches.length) return [row]
  const rows = branches.flatMap(({ path, name, layers: entries }, at) => {
    const previous = branches[at - 1]
    const gap = previous && `${place}.${previous.path}.${previous.layers.length}`
    const head: MarkRow = {
      kind: 'head',
      key: `${place}.${path}`,
      depth: depth + 1,
      words: `Branch ${name}`,
      gap,
    }
    const reports = report?.branches?.[at] ?? []
    const shown = rowsOfList({ ...list, entries, reports, path: `${place}.${path}`, depth: depth + 1 })
    return name ? [head, ...shown] : shown
  })
  const last = branches.at(-1)!
  const end: MarkRow = {
    kind: 'foot',
    key: `${place}.end`,
    depth: depth + 1,
    words: `End of ${layers.get(entry.type).label.toLowerCase()} block`,
    gap: `${place}.${last.path}.${last.layers.length}`,
  }
  return [row, ...rows, end]
}

import type { Preprocessing } from './prepared'
import { isCoded, type Table } from './table'

/** Cells of one column that hold a category which training never saw. */
export interface UnseenCells {
  readonly column: string
  readonly cells: number
  /** The most frequent first, at most five. */
  readonly levels: readonly string[]
}

const shown = 5

/** Looks for categories that a preprocessing does not know. Cells that are missing do not count. */
export function findUnseen({ features }: Preprocessing, table: Table): UnseenCells[] {
  return features.flatMap((feature) => {
    const known = 'levels' in feature ? feature.levels : (feature.labels ?? null)
    const column = table.columns.find(({ name }) => name === feature.column)
    if (!known || !column || !isCoded(column)) return []
    const counts = new Map<string, number>()
    const isStrange = column.levels.map((level) => !knows(known, level, feature.type === 'boolean'))
    for (const code of column.codes)
      if (code >= 0 && isStrange[code]) {
        const level = column.levels[code]!
        counts.set(level, (counts.get(level) ?? 0) + 1)
      }
    if (counts.size === 0) return []
    const ranked = [...counts].sort(([, a], [, b]) => b - a)
    const cells = ranked.reduce((sum, [, count]) => sum + count, 0)
    return [{ column: feature.column, cells, levels: ranked.slice(0, shown).map(([level]) => level) }]
  })
}

/** Upper and lower case are the same for yes and no. */
const knows = (known: readonly string[], level: string, isYesNo: boolean): boolean =>
  known.includes(level) || (isYesNo && known.map((word) => word.toLowerCase()).includes(level.toLowerCase()))

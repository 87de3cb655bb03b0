import { isCoded } from '../table'
import type { Finding } from './finding'
import { shownRows } from './finding'
import type { FindingKind } from './kind'
import { listed, plural } from './words'

/** Categories that are one to a reader, and two to a network. */
export const lookAlikeLevels: FindingKind = {
  code: 'look-alike-levels',
  label: 'categories that differ only in case or spaces',
  find: ({ features, target }) =>
    [...features.map(({ column }) => column), target].flatMap((column): Finding[] => {
      if (!isCoded(column) || column.type !== 'category') return []
      const groups = spellings(column.levels)
      if (groups.length === 0) return []
      const twice = new Set(groups.flatMap((group) => group.slice(1)))
      const rows: number[] = []
      let cells = 0
      column.codes.forEach((code, row) => {
        if (!twice.has(code)) return
        cells++
        if (rows.length < shownRows) rows.push(row + 1)
      })
      return [
        {
          code: 'look-alike-levels',
          severity: 'warning',
          expected: 'each category written in one way',
          came: `${groups
            .slice(0, 3)
            .map((group) => listed(group.map((code) => column.levels[code]!)))
            .join(
              '; ',
            )}${groups.length > 3 ? `; and ${groups.length - 3} more` : ''}, in ${plural(cells, 'row')}`,
          advice:
            'They differ only in case or spaces, and are learned as different things. Write each in one way in the file.',
          place: { column: column.name },
          columns: [column.name],
          rows,
        },
      ]
    }),
}

/** Codes of levels that are alike but for case and spaces; the one that is met first in the list leads each group. */
export function spellings(levels: readonly string[]): number[][] {
  const groups = new Map<string, number[]>()
  levels.forEach((level, code) => {
    const plain = plainSpelling(level)
    const group = groups.get(plain)
    if (group) group.push(code)
    else groups.set(plain, [code])
  })
  return [...groups.values()].filter((group) => group.length > 1)
}

/** A word without what the eye passes over. */
export const plainSpelling = (word: string): string => word.trim().replace(/\s+/g, ' ').toLowerCase()

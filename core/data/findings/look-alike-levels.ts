import { isCoded, type CodedColumn } from '../table'
import type { Finding } from './finding'
import type { Fix } from './fix'
import { shownRows } from './finding'
import type { TableKind } from './kind'
import { readAnew } from './read-anew'
import type { TableScene } from './scene'
import { listed, plural } from './words'

/** Categories that are one to a reader, and two to a network. */
export const lookAlikeLevels: TableKind = {
  code: 'look-alike-levels',
  ofTable: true,
  label: 'categories that differ only in case or spaces',
  find: (scene) =>
    [...scene.features.map(({ column }) => column), ...scene.goals.map(({ target }) => target)].flatMap(
      (column): Finding[] => {
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
              'They differ only in case or spaces, and are learned as different things. Let each count as the one that is most frequent.',
            place: { column: column.name },
            columns: [column.name],
            rows,
            fix: merge(column, groups, scene),
          },
        ]
      },
    ),
}

/** Each spelling is read as the most frequent one of its group. */
function merge({ name, levels, codes }: CodedColumn, groups: readonly number[][], scene: TableScene): Fix {
  const counts = new Float64Array(levels.length)
  for (const code of codes) if (code >= 0) counts[code]!++
  const pairs = groups.flatMap((group) => {
    const main = group.reduce((best, code) => (counts[code]! > counts[best]! ? code : best))
    return group.filter((code) => code !== main).map((code) => [levels[code]!, levels[main]!] as const)
  })
  const [[from, to]] = pairs as [readonly [string, string]]
  const many = pairs.length > 1
  return {
    label: many
      ? `Merge ${pairs.length} spellings of ${name} with the usual ones`
      : `Read "${from}" as "${to}"`,
    change: readAnew(scene, name, { replace: Object.fromEntries(pairs) }),
  }
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

import { parseNumber } from '../cells/number'
import { defaultMissing } from '../cells/missing'
import { isCoded, type CodedColumn } from '../table'
import type { Finding } from './finding'
import type { TableKind } from './kind'
import { mixedDecimals } from './mixed-decimals'
import { mixedUnits } from './mixed-units'
import { asNumbers } from './read-anew'
import type { TableScene } from './scene'
import { listed, percent, plural } from './words'

/** Below this share of numbers the words are no exceptions. */
const mostly = 0.8
/** More different words are no list of markers. */
const markers = 5

/** A column of numbers that a few words keep from being one. */
export const numbersAsText: TableKind = {
  code: 'numbers-as-text',
  ofTable: true,
  label: 'numbers that are kept as words',
  find: (scene) => {
    const explained = new Set(
      [mixedUnits, mixedDecimals].flatMap((kind) => scene.found(kind)).flatMap(({ columns }) => columns),
    )
    return scene.table.columns.flatMap((column): Finding[] => {
      if (!isCoded(column) || explained.has(column.name)) return []
      const found = strangers(column, scene.data.csv.decimal ?? '.')
      return found && found.words.length > 0 ? [pageOf(column, found, scene)] : []
    })
  },
}

interface Strangers {
  readonly words: readonly string[]
  readonly cells: number
  readonly share: number
  readonly rows: readonly number[]
}

/** What is no number in a column that mostly holds them. */
function strangers({ levels, codes }: CodedColumn, decimal: '.' | ','): Strangers | undefined {
  const isNumber = levels.map((level) => !Number.isNaN(parseNumber(level, decimal)))
  // A few numbers are names, such as those of zones; so are most lists of words.
  if (isNumber.filter(Boolean).length < 3) return undefined
  let [numbers, filled] = [0, 0]
  const rows: number[] = []
  codes.forEach((code, row) => {
    if (code < 0) return
    filled++
    if (isNumber[code]) numbers++
    else if (rows.length < 100) rows.push(row + 1)
  })
  if (numbers < filled * mostly) return undefined
  return {
    words: levels.filter((_, i) => !isNumber[i]),
    cells: filled - numbers,
    share: numbers / filled,
    rows,
  }
}

function pageOf({ name }: CodedColumn, { words, cells, share, rows }: Strangers, scene: TableScene): Finding {
  const numbers = asNumbers(scene, name)
  const missing = [...(scene.data.csv.missing ?? defaultMissing), ...words]
  return {
    code: 'numbers-as-text',
    severity: 'warning',
    expected: 'a column that is numbers in every filled cell',
    came: `numbers in ${percent(share)} of the cells, but ${listed(words)} in ${plural(cells, 'row')}, first row ${rows[0]}`,
    advice:
      'As words the numbers have no order and no size. Let these words count as missing, or correct the cells.',
    place: { column: name, row: rows[0]! },
    columns: [name],
    rows,
    fix:
      words.length <= markers
        ? {
            label: `Read ${listed(words)} as missing, and ${name} as numbers`,
            change: { csv: { missing }, columns: { [name]: numbers } },
          }
        : {
            label: `Read ${name} as numbers, and what is none as missing`,
            change: { columns: { [name]: { ...numbers, unreadable: 'missing' } } },
          },
  }
}

import { sampleRows } from '../findings/sample-rows'
import { isCoded, type Column } from '../table'
import { correlationRatio, cramersV, mutualInformation, pearson, spearman } from './association'
import { binColumn, type Binned } from './binning'

/** The measure that fits the two types: of numbers r, of a number and classes η, of classes Cramér's V. */
export type Measure = 'pearson' | 'correlation-ratio' | 'cramers-v'

/** What one column says about the target. */
export interface Relation {
  readonly column: string
  /** Rows with both cells that were looked at. */
  readonly rows: number
  readonly measure: Measure
  /** Of that measure: r from -1 to 1, the others from 0 to 1. */
  readonly correlation: number
  /** ρ, of numbers only. */
  readonly spearman?: number
  /** Mutual information with the target in bits: a plug-in estimate over `bins`, less its bias. */
  readonly information: number
  /** The same as a share of what there is to know about the target. */
  readonly informationShare: number
  /** How many classes column and target were cut into. */
  readonly bins: readonly [column: number, target: number]
}

/** Rows beyond this add nothing that could be seen. */
export const relationLimit = 100_000

/** A column with more levels than this has too few rows in each to say anything of. */
const mostLevels = 1000

/** How each of the columns goes with the target; nothing for free text, and for what has no two rows in common. */
export function relate(columns: readonly Column[], target: Column, rowCount: number): Relation[] {
  const all = Uint32Array.from({ length: rowCount }, (_, row) => row)
  const rows = sampleRows(all, relationLimit).filter((row) => isFilled(target, row))
  return columns.flatMap((column) => {
    if (column.name === target.name || column.type === 'text') return []
    if (isCoded(column) && column.levels.length > mostLevels) return []
    const both = rows.filter((row) => isFilled(column, row))
    return both.length < 3 ? [] : [relateTwo(column, target, both)]
  })
}

const isFilled = (column: Column, row: number): boolean =>
  isCoded(column) ? column.codes[row]! >= 0 : !Number.isNaN(column.values[row]!)

/** Yes and no are numbers to a feature, and classes to a target. */
const isNumeric = (column: Column): boolean => !isCoded(column)
const isNumberTarget = (column: Column): boolean => column.type === 'number' || column.type === 'date'

/** Over the given rows, in all of which both cells are filled. */
export function relateTwo(column: Column, target: Column, rows: Uint32Array): Relation {
  const [a, b] = [binColumn(column, rows), binColumn(target, rows)]
  const { corrected, entropy } = mutualInformation(a, b)
  return {
    column: column.name,
    rows: rows.length,
    ...correlate(column, target, rows, a, b),
    information: corrected,
    informationShare: entropy > 0 ? Math.min(1, corrected / entropy) : 0,
    bins: [a.count, b.count],
  }
}

function correlate(
  column: Column,
  target: Column,
  rows: Uint32Array,
  a: Binned,
  b: Binned,
): Pick<Relation, 'measure' | 'correlation' | 'spearman'> {
  const numbers = (from: Column): Float64Array =>
    Float64Array.from(rows, (row) => (isCoded(from) ? NaN : from.values[row]!))
  if (isNumeric(column) && isNumberTarget(target)) {
    const [x, y] = [numbers(column), numbers(target)]
    return { measure: 'pearson', correlation: pearson(x, y), spearman: spearman(x, y) }
  }
  if (isNumberTarget(target))
    return { measure: 'correlation-ratio', correlation: correlationRatio(a, numbers(target)) }
  if (column.type === 'number' || column.type === 'date')
    return { measure: 'correlation-ratio', correlation: correlationRatio(b, numbers(column)) }
  return { measure: 'cramers-v', correlation: cramersV(a, b) }
}

import { isCoded, type Column } from '../table'
import type { Finding } from './finding'
import type { FindingKind } from './kind'
import { leaveOut } from './fix'
import type { Scene } from './scene'
import { isFilled } from '../target'
import { short } from './words'

/** Fewer rows can agree by chance. */
const fewest = 10

/** The share of its variance that rounding of the file's digits may leave of a copy. */
const unexplained = 1e-7

/** A feature that is the target under another name, wherever it is filled: the same cells, other words for the same classes, or another unit. */
export const targetCopy: FindingKind = {
  code: 'target-copy',
  label: 'columns that hold the target itself',
  eachTarget: true,
  find: (scene) =>
    scene.features.flatMap(({ column }): Finding[] => {
      if (isOther(column, scene)) return []
      const filled = scene.rows.filter((row) => isFilled(column, row))
      const how = copies(column, { ...scene, rows: filled })
      return how === undefined || filled.length < scene.rows.length / 2
        ? []
        : [
            {
              code: 'target-copy',
              severity: 'problem',
              expected: `a feature that is known before "${scene.target.name}" is`,
              came: `the target itself: ${how} in all ${filled.length.toLocaleString('en')} ${filled.length < scene.rows.length ? 'rows where it is filled' : 'rows'}`,
              advice:
                'A network would only learn to read it off, and its scores would mean nothing. Leave the column out.',
              place: { column: column.name },
              columns: [column.name],
              fix: leaveOut(column.name),
            },
          ]
    }),
}

function copies(column: Column, scene: Scene): string | undefined {
  if (scene.rows.length < fewest) return undefined
  return scene.classOf ? sameClasses(column, scene) : sameNumbers(column, scene)
}

/** True where a sample of the rows proves that a column is no copy of the target, as it does of nearly all. */
function isOther(column: Column, { rows, sample, target, classOf, ends }: Scene): boolean {
  const some = sample.filter((row) => isFilled(column, row))
  if (classOf) return valuesOfClasses(column, some, classOf) === undefined
  if (isCoded(column) || isCoded(target)) return true
  const { sxx, sxy, syy } = squaresOf(column.values, target.values, some)
  // The best line through some rows leaves no more than a line through all rows leaves there, and no column has a greater sum
  // of squares than one that is half at either end (Popoviciu). Twice that, for rounding.
  const { least, most } = ends(column.values)
  return syy > 0 && sxx - (sxy * sxy) / syy > (2 * unexplained * rows.length * (most - least) ** 2) / 4
}

/** The one value of each class, where no two classes share it; nothing for a column of which any row breaks this. */
function valuesOfClasses(
  column: Column,
  rows: Uint32Array,
  classOf: (row: number) => number,
): Map<number, number> | undefined {
  const valueOf = new Map<number, number>()
  const classWith = new Map<number, number>()
  const cells = isCoded(column) ? column.codes : column.values
  for (const row of rows) {
    const [label, cell] = [classOf(row), cells[row]!]
    const value = valueOf.get(label)
    if (value === undefined && !classWith.has(cell)) {
      valueOf.set(label, cell)
      classWith.set(cell, label)
    } else if (value !== cell) return undefined
  }
  return valueOf
}

function sameClasses(column: Column, { rows, classOf, predicted }: Scene): string | undefined {
  const valueOf = valuesOfClasses(column, rows, classOf!)
  // Cells that are filled for one class only say nothing by what they hold.
  if (!valueOf || valueOf.size < 2) return undefined
  const name = (cell: number): string =>
    isCoded(column) ? column.levels[cell]! : (column.labels?.[cell] ?? String(cell))
  const [first] = predicted.type === 'number' ? [] : predicted.classes
  const of = first === undefined ? undefined : valueOf.get(0)
  return of === undefined ? 'one value for each class' : `"${name(of)}" stands where the target is "${first}"`
}

/** cell = a · target + b within rounding of the file's digits. */
function sameNumbers(column: Column, { rows, target }: Scene): string | undefined {
  if (isCoded(column) || isCoded(target)) return undefined
  const { mx, my, sxx, sxy, syy } = squaresOf(column.values, target.values, rows)
  if (!(sxx > 0) || !(syy > 0)) return undefined
  if (1 - (sxy * sxy) / (sxx * syy) > unexplained) return undefined
  const slope = sxy / syy
  const offset = mx - slope * my
  if (slope === 1 && offset === 0) return 'the same number'
  const scaled = Math.abs(slope - 1) < 1e-9 ? 'the target' : `${short(slope)} × the target`
  return Math.abs(offset) < 1e-9 * Math.abs(mx || 1)
    ? scaled
    : `${scaled} ${offset < 0 ? '−' : '+'} ${short(Math.abs(offset))}`
}

/** Means of two lists of numbers in the given rows, and sums of squares and products of what differs from them. */
function squaresOf(x: Float64Array, y: Float64Array, rows: Uint32Array) {
  let [sx, sy] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    sx += x[rows[i]!]!
    sy += y[rows[i]!]!
  }
  const [mx, my] = [sx / rows.length, sy / rows.length]
  let [sxx, sxy, syy] = [0, 0, 0]
  for (let i = 0; i < rows.length; i++) {
    const dx = x[rows[i]!]! - mx
    const dy = y[rows[i]!]! - my
    sxx += dx * dx
    sxy += dx * dy
    syy += dy * dy
  }
  return { mx, my, sxx, sxy, syy }
}

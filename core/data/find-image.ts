import { isCoded, type Column, type Table } from './table'

/** The columns of a table that hold the pixels of an image, row by row. */
export interface ImageColumns {
  readonly names: ReadonlySet<string>
  readonly height: number
  readonly width: number
}

interface Cell {
  readonly name: string
  readonly row: number
  readonly column: number
}

/** Fewer on a side may be a questionnaire or a matrix, and leave nothing to convolve. */
const smallestSide = 5

/** Such as pixel_0_0, 1x1 or p3-12. */
const rowAndColumn = /^(.*?)(\d+)\D+(\d+)$/
/** Such as pixel0 or px_12. */
const runningNumber = /^(.*?)(\d+)$/
const pixelWord = /^(pixels?|pix|px|image|img)[\s_.-]*$/i
/** The digits, letters and clothes that go by the name of MNIST: known by their number under any name. */
const mnistPixels = 784

/** Columns named for row and column of a full grid, or pixels numbered through a square; none holds a number below 0. */
export function findImage(table: Pick<Table, 'columns'>): ImageColumns | undefined {
  const grids = [...byPrefix(table.columns, rowAndColumn).values()].map(gridCells)
  const squares = [...byPrefix(table.columns, runningNumber)].map(([prefix, found]) =>
    squareCells(prefix, found),
  )
  for (const cells of [...grids, ...squares]) {
    const image = imageOf(cells)
    if (image) return image
  }
  return undefined
}

function canBePixel(column: Column): boolean {
  if (isCoded(column) || column.type !== 'number') return false
  for (let row = 0; row < column.values.length; row++) if (column.values[row]! < 0) return false
  return true
}

/** What the pattern finds in the names of columns that can be pixels, by what stands before the numbers; nothing of few columns. */
function byPrefix(columns: readonly Column[], pattern: RegExp): Map<string, RegExpExecArray[]> {
  const groups = new Map<string, { column: Column; found: RegExpExecArray }[]>()
  for (const column of columns) {
    const found = pattern.exec(column.name)
    if (!found) continue
    const group = groups.get(found[1]!)
    if (group) group.push({ column, found })
    else groups.set(found[1]!, [{ column, found }])
  }
  // Names are quick to tell apart, cells are not.
  const large = [...groups].filter(([, group]) => group.length >= smallestSide ** 2)
  return new Map(
    large.map(([prefix, group]) => [
      prefix,
      group.filter(({ column }) => canBePixel(column)).map(({ found }) => found),
    ]),
  )
}

const gridCells = (found: readonly RegExpExecArray[]): Cell[] =>
  found.map(([name, , row, column]) => ({ name, row: Number(row), column: Number(column) }))

function squareCells(prefix: string, found: readonly RegExpExecArray[]): Cell[] {
  if (!pixelWord.test(prefix) && found.length !== mnistPixels) return []
  if (found.length === 0) return []
  const side = Math.sqrt(found.length)
  const start = Number(found[0]![2])
  if (start > 1) return []
  return found.map(([name, , number]) => {
    const at = Number(number) - start
    return { name, row: Math.floor(at / side), column: at % side }
  })
}

/** Nothing unless the cells fill a grid, counted from 0 or 1, in the order in which a reshape layer reads them. */
function imageOf(cells: readonly Cell[]): ImageColumns | undefined {
  const [first, last] = [cells[0], cells.at(-1)]
  if (!first || !last || first.row > 1 || first.column > 1) return undefined
  const [height, width] = [last.row - first.row + 1, last.column - first.column + 1]
  if (height < smallestSide || width < smallestSide || height * width !== cells.length) return undefined
  const inOrder = cells.every(
    ({ row, column }, at) =>
      row === first.row + Math.floor(at / width) && column === first.column + (at % width),
  )
  return inOrder ? { names: new Set(cells.map(({ name }) => name)), height, width } : undefined
}

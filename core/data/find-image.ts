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
  const columns = table.columns.filter(canBePixel)
  const grids = [...byPrefix(columns, rowAndColumn).values()].map(gridCells)
  const squares = [...byPrefix(columns, runningNumber)].map(([prefix, found]) => squareCells(prefix, found))
  for (const cells of [...grids, ...squares]) {
    const image = imageOf(cells)
    if (image) return image
  }
  return undefined
}

const canBePixel = (column: Column): boolean =>
  !isCoded(column) && column.type === 'number' && !column.values.some((value) => value < 0)

/** What the pattern finds in the columns' names, by what stands before the numbers. */
function byPrefix(columns: readonly Column[], pattern: RegExp): Map<string, RegExpExecArray[]> {
  const groups = new Map<string, RegExpExecArray[]>()
  for (const { name } of columns) {
    const found = pattern.exec(name)
    if (!found) continue
    const group = groups.get(found[1]!)
    if (group) group.push(found)
    else groups.set(found[1]!, [found])
  }
  return groups
}

const gridCells = (found: readonly RegExpExecArray[]): Cell[] =>
  found.map(([name, , row, column]) => ({ name, row: Number(row), column: Number(column) }))

function squareCells(prefix: string, found: readonly RegExpExecArray[]): Cell[] {
  if (!pixelWord.test(prefix) && found.length !== mnistPixels) return []
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

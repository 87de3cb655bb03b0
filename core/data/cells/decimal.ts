import type { RawColumn } from '../raw'
import { missingTest } from './missing'
import { parseNumber, type DecimalMark } from './number'

/** So many distinct cells of a column are enough to see how its numbers are written. */
const examined = 5000

/**
 * The decimal mark of a file. Columns vote that are numbers with one mark only; without votes a comma in numbers means
 * decimals if the delimiter is a semicolon ("1,234" there is a little more than one), and thousands otherwise.
 */
export function decideDecimal(
  columns: readonly RawColumn[],
  missing: readonly string[],
  delimiter: string,
): DecimalMark {
  const isMissing = missingTest(missing)
  let points = 0
  let commas = 0
  let undecided = 0
  for (const { levels } of columns) {
    const filled = levels.slice(0, examined).filter((level) => !isMissing(level))
    const reads = (mark: DecimalMark): boolean =>
      filled.every((cell) => !Number.isNaN(parseNumber(cell, mark)))
    if (filled.length === 0 || !filled.some((cell) => /[.,]/.test(cell))) continue
    const [point, comma] = [reads('.'), reads(',')]
    if (point && !comma) points++
    else if (comma && !point) commas++
    else if (comma && filled.some((cell) => cell.includes(','))) undecided++
  }
  if (points !== commas) return commas > points ? ',' : '.'
  return delimiter === ';' && undecided > 0 ? ',' : '.'
}

/** Cells that count as missing when an experiment does not say so itself. */
export const defaultMissing: readonly string[] = ['', 'NA', 'N/A', 'NaN', 'null', 'None', '?', '-']

/**
 * Makes the test for missing cells: upper and lower case are the same, spaces around a cell do not count, and an empty
 * cell is always missing.
 */
export function missingTest(markers: readonly string[]): (cell: string) => boolean {
  const known = new Set(['', ...markers.map((marker) => marker.trim().toLowerCase())])
  const longest = Math.max(...[...known].map((marker) => marker.length))
  return (cell) => {
    const word = cell.trim()
    return word.length <= longest && known.has(word.toLowerCase())
  }
}

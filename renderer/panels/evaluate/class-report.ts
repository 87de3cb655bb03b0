/** How well one class is told from the others. */
export interface ClassReport {
  readonly name: string
  /** Share of the rows said to be this class that are; null when none was said to be. */
  readonly precision: number | null
  /** Share of the rows of this class that were found; null when there are none. */
  readonly recall: number | null
  /** Harmonic mean of both; null when the class neither is there nor was said. */
  readonly f1: number | null
  /** Rows that truly are of this class. */
  readonly rows: number
}

const ratio = (part: number, whole: number): number | null => (whole ? part / whole : null)

/** Precision, recall and F1 of each class from counts [true class][predicted class]. */
export function classReports(
  classes: readonly string[],
  counts: readonly (readonly number[])[],
): ClassReport[] {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return classes.map((name, k) => {
    const hits = counts[k]?.[k] ?? 0
    const rows = sum(counts[k] ?? [])
    const said = sum(counts.map((row) => row[k] ?? 0))
    return {
      name,
      precision: ratio(hits, said),
      recall: ratio(hits, rows),
      f1: ratio(2 * hits, said + rows),
      rows,
    }
  })
}

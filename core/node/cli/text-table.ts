/** Columns of text under each other: words to the left, numbers to the right. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: (column: number) => boolean = (column) => column > 0,
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return [header, ...rows].map((row) => textRow(row, widths, numeric)).join('\n')
}

/** One line of such a table, for tables that grow. */
export function textRow(
  cells: readonly string[],
  widths: readonly number[],
  numeric: (column: number) => boolean = (column) => column > 0,
): string {
  return cells
    .map((cell, column) =>
      numeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    )
    .join('  ')
    .trimEnd()
}

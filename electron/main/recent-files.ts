import fs from 'node:fs'

const LENGTH = 10

/** The list with `file` at its top. */
export const withRecent = (list: readonly string[], file: string): string[] =>
  [file, ...list.filter((other) => other !== file)].slice(0, LENGTH)

/** Those that can still be opened. */
export const existingRecent = (list: readonly string[]): string[] =>
  list.filter((file) => fs.existsSync(file))

import fs from 'node:fs'
import path from 'node:path'

/** What the lab opens: experiments, and tables of data. */
export const EXPERIMENT_EXTENSIONS = ['nabla.json', 'json']
export const DATA_EXTENSIONS = ['csv', 'tsv', 'txt', 'jsonl', 'ndjson', 'parquet', 'gz']

const endings = [...EXPERIMENT_EXTENSIONS, ...DATA_EXTENSIONS].map((extension) => `.${extension}`)

/**
 * The files among a command line's words that the lab can open, as absolute paths.
 * @param words without the program's own name
 * @param folder where relative names start from
 */
export const filesToOpen = (words: readonly string[], folder: string): string[] =>
  words
    .filter((word) => !word.startsWith('-') && endings.some((ending) => word.toLowerCase().endsWith(ending)))
    .map((word) => path.resolve(folder, word))
    .filter((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile())

import fs from 'node:fs'
import { sourceList, sourceName } from '../../core/data/source-list'
import type { DataSource } from '../../core/experiment/schema'

const LENGTH = 10

const isSame = (a: DataSource, b: DataSource): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The list with what was opened at its top: a file, or several that make one table. */
export const withRecent = (list: readonly DataSource[], opened: DataSource): DataSource[] =>
  [opened, ...list.filter((other) => !isSame(other, opened))].slice(0, LENGTH)

/** Those that can still be opened, all of their files. */
export const existingRecent = (list: readonly DataSource[]): DataSource[] =>
  list.filter((source) => sourceList(source).every((file) => fs.existsSync(file)))

/** How the menu names it: by its whole path, and how many files go with it. */
export const recentLabel = (source: DataSource): string => sourceName(source, (file) => file)

import type { DataSource } from '../experiment/schema'

export const samplePrefix = 'sample:'

export const isSample = (source: string): boolean => source.startsWith(samplePrefix)

/** The files of a source, of which there is mostly one. */
export const sourceList = (source: DataSource): readonly string[] =>
  typeof source === 'string' ? [source] : source

/** The same source with each of its names changed; a single name stays one. */
export const mapSource = (source: DataSource, change: (name: string) => string): DataSource =>
  typeof source === 'string' ? change(source) : source.map(change)

/** How a source is called where there is room for one name. */
export function sourceName(source: DataSource, nameOf: (path: string) => string): string {
  const [first = '', ...others] = sourceList(source)
  const name = isSample(first) ? `${first.slice(samplePrefix.length)} (sample)` : nameOf(first)
  return others.length ? `${name} and ${others.length} more` : name
}

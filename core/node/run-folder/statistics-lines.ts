import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StatisticsEvent } from '../../training/events'
import { readText } from '../files/read-text'
import { runFiles } from './layout'

/** An object a line, in the order of the steps. */
export const statisticsLines = (events: readonly StatisticsEvent[]): string =>
  events.map(({ type: _, ...event }) => `${JSON.stringify(event)}\n`).join('')

/** What an earlier part of a run told, up to a step. */
export function readStatistics(folder: string, step: number): StatisticsEvent[] {
  const file = join(folder, runFiles.statistics)
  if (!existsSync(file)) return []
  const lines = readText(file).split('\n').filter(Boolean)
  const events = lines.map(
    (line) => ({ type: 'statistics', ...(JSON.parse(line) as object) }) as StatisticsEvent,
  )
  return events.filter((event) => event.step <= step)
}

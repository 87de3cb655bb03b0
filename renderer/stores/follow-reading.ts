import type { ColumnSummary } from '../../core/data/prepared'
import type { ColumnSettings } from '../../core/experiment/schema'

type Columns = Readonly<Record<string, ColumnSettings>>
type Read = ReadonlyMap<string, ColumnSummary>

/**
 * Settings of columns after the file is read in another way. What only repeated the proposal of the old reading
 * follows the new one, so that numbers with a decimal comma become numbers; what somebody chose stays; a column that is
 * gone takes its settings along.
 */
export function followReading(columns: Columns, before: Read, after: Read): Record<string, ColumnSettings> {
  const entries = Object.entries(columns).flatMap(([name, settings]) => {
    const now = after.get(name)
    return now ? [[name, follow(settings, before.get(name), now)] as const] : []
  })
  return Object.fromEntries(entries)
}

function follow(
  settings: ColumnSettings,
  was: ColumnSummary | undefined,
  now: ColumnSummary,
): ColumnSettings {
  const isChosen = settings.type !== undefined && settings.type !== was?.type
  if (!was || isChosen || (was.type === now.type && was.role === now.role)) return settings
  // The rest of the settings fitted the old type; the new one has its defaults.
  return { role: settings.role === was.role ? now.role : settings.role }
}

import type { DerivedSettings, WindowStatistic } from '../../../../core/experiment/schema'

export type Way = 'formula' | 'lag' | 'lead' | 'window'

/** What the editor of a computed column holds, for all ways at once, so that changing the way loses nothing. */
export interface DerivedDraft {
  way: Way
  /** Empty: a name is made from the rest. */
  name: string
  formula: string
  column: string
  steps: number
  size: number
  statistic: WindowStatistic
  /** Rows before the current one at which the window ends. */
  back: number
}

export const ways: readonly { value: Way; label: string; hint: string }[] = [
  { value: 'formula', label: 'Formula', hint: 'computed from other columns of the same row' },
  { value: 'lag', label: 'Earlier row', hint: 'the value some rows before, in order of time' },
  { value: 'window', label: 'Window of rows', hint: 'mean, extremes or change over the last rows' },
  { value: 'lead', label: 'Later row', hint: 'the value some rows later, to predict it' },
]

export const statistics: readonly { value: WindowStatistic; label: string }[] = [
  { value: 'mean', label: 'Mean' },
  { value: 'sd', label: 'Standard deviation' },
  { value: 'min', label: 'Least' },
  { value: 'max', label: 'Greatest' },
  { value: 'sum', label: 'Sum' },
  { value: 'difference', label: 'Last less first' },
]

export const emptyDraft = (column: string): DerivedDraft => ({
  ...{ way: 'formula', name: '', formula: '' },
  ...{ column, steps: 1, size: 7, statistic: 'mean', back: 0 },
})

export function draftOf(derived: DerivedSettings, column: string): DerivedDraft {
  const { name, formula, lag, lead, window } = derived
  const draft = { ...emptyDraft(column), name }
  if (formula !== undefined) return { ...draft, way: 'formula', formula }
  if (window) {
    const { column: source, size, statistic, lag: back } = window
    return { ...draft, way: 'window', column: source, size, statistic, back }
  }
  return { ...draft, way: lag ? 'lag' : 'lead', ...(lag ?? lead) }
}

/** A name for a column without one. */
function nameFor({ way, formula, column, steps, size, statistic }: DerivedDraft): string {
  if (way === 'formula') return formula.trim().slice(0, 60)
  if (way === 'window') return `${column} ${statistic} of ${size}`
  return `${column}[t${way === 'lag' ? '-' : '+'}${steps}]`
}

/** The settings that a draft stands for; null while a field is empty or out of range. */
export function settingsOf(draft: DerivedDraft): DerivedSettings | null {
  const name = draft.name.trim() || nameFor(draft)
  const { way, formula, column, steps, size, statistic, back } = draft
  const isCount = (value: number, least: number): boolean =>
    Number.isInteger(value) && value >= least && value <= 1_000_000
  if (way === 'formula') return formula.trim() ? { name, formula: formula.trim() } : null
  if (!column) return null
  if (way === 'window')
    return isCount(size, 1) && isCount(back, 0)
      ? { name, window: { column, size, statistic, lag: back } }
      : null
  return isCount(steps, way === 'lead' ? 1 : 0) ? { name, [way]: { column, steps } } : null
}

/** A computed column in a line. */
export function inWords({ formula, lag, lead, window }: DerivedSettings): string {
  if (formula !== undefined) return formula
  if (window) {
    const end = window.lag ? `, up to ${window.lag} before` : ''
    return `${statistics.find(({ value }) => value === window.statistic)!.label.toLowerCase()} of ${window.column} over ${window.size} rows${end}`
  }
  const { column, steps } = (lag ?? lead)!
  return `${column}, ${steps} ${steps === 1 ? 'row' : 'rows'} ${lag ? 'before' : 'later'}`
}

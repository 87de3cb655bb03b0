import type { HelpPage } from '../../errors/lab-error'
import type { Fix } from './fix'

/** The gravest first. A note is worth knowing; it needs no action. */
export const severities = ['problem', 'warning', 'note'] as const
export type Severity = (typeof severities)[number]

/** What a check found out about the data: a help page with its evidence, and where possible the way out of it. */
export interface Finding extends HelpPage {
  readonly severity: Severity
  /** The columns that it is about; none where it is about rows or the split. */
  readonly columns: readonly string[]
  /** Rows of the file (from 1) that show it, at most `shownRows`. */
  readonly rows?: readonly number[]
  readonly fix?: Fix
  /** The experiment says that this was seen and is meant so. */
  readonly accepted?: true
}

/** What the guard found, and how many checks it made. */
export interface Findings {
  readonly checks: number
  readonly findings: readonly Finding[]
}

/** So many rows tell enough. */
export const shownRows = 100

/** How an experiment names a finding in `data.accepted`, and the command line after `--fix`. */
export const findingKey = ({ code, columns }: Pick<Finding, 'code' | 'columns'>): string =>
  [code, ...columns].join(':')

import type { HelpPage } from '../../../core/errors/lab-error'
import { baseOf, type ColumnType } from '../../../core/data/table'
import type { Experiment } from '../../../core/experiment/schema'
import { setColumn, type ColumnRow } from './column-settings'

/** A way out of what a help page tells, by one click. */
export interface DataRemedy {
  readonly id: string
  readonly button: string
  /** What is done, for the list of undo. */
  readonly label: string
  edit(draft: Experiment): void
}

type Remedies = (page: HelpPage, rows: readonly ColumnRow[]) => readonly DataRemedy[]

/** What can be done about a help page, by its code; each where it fits the columns. */
const remedies: Readonly<Record<string, Remedies>> = {
  'not-a-number': unreadable,
  'not-whole': unreadable,
  'not-a-date': unreadable,
  'mixed-targets': mixedTargets,
}

export const remediesFor: Remedies = (page, rows) => remedies[page.code]?.(page, rows) ?? []

/** Cells that are not of their column's type. */
function unreadable({ place }: HelpPage): DataRemedy[] {
  const name = place?.column
  if (name === undefined) return []
  const decide = (rule: 'missing' | 'text', button: string): DataRemedy => ({
    id: `unreadable-as-${rule}`,
    button,
    label: `change what becomes of unreadable cells of ${name}`,
    edit: (draft) => {
      draft.data.columns[name] = { ...draft.data.columns[name], unreadable: rule }
    },
  })
  return [decide('missing', 'Count such cells as missing'), decide('text', 'Make words of the column')]
}

/** Targets of one kind: 0 and 1 can be numbers or yes/no, whatever they were taken for. */
function mixedTargets(_page: HelpPage, rows: readonly ColumnRow[]): DataRemedy[] {
  const targets = rows.filter(({ role }) => role === 'target')
  const numbers = targets.filter(({ type }) => baseOf(type) === 'number')
  const others = targets.filter((row) => !numbers.includes(row))
  const read = (odd: readonly ColumnRow[], type: ColumnType, words: string): DataRemedy[] =>
    odd.length > 0 && odd.every(isZeroOrOne)
      ? [
          {
            id: `targets-as-${type}`,
            button: `Read ${odd.map(({ summary }) => summary.name).join(', ')} as ${words}`,
            label: `read targets as ${words}`,
            edit: (draft) => {
              for (const { summary } of odd) setColumn(draft, summary.name, { type })
              delete draft.loss
            },
          },
        ]
      : []
  const areYesNo = others.every(({ type, summary }) => type === 'boolean' || summary.distinct === 2)
  return [...read(others, 'integer', 'numbers'), ...(areYesNo ? read(numbers, 'boolean', 'yes/no') : [])]
}

/** Whether no other cells occur in the column than 0 and 1. */
function isZeroOrOne({ summary: { top, distinct, minimum, maximum } }: ColumnRow): boolean {
  if (top) return top.every(({ value }) => value === '0' || value === '1')
  return distinct === 2 && minimum === 0 && maximum === 1
}

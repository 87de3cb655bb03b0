import { changeWords } from '../training/changes/change-words'
import type { ChangeEvent } from '../training/events'
import type { ChartTable } from './chart'

/**
 * The table with a column `changes` at its end, which tells on the row of an epoch what changed within it: `batch 3:
 * learning rate 0.001`. The same table where nothing changed.
 */
export function withChanges(table: ChartTable, changes: readonly ChangeEvent[] = []): ChartTable {
  if (!changes.length) return table
  const told = new Set<ChangeEvent>()
  const rows = table.rows.map((row) => {
    // A row of batches stands at a part of its epoch; the first row at or after a change tells it.
    const due = changes.filter((change) => !told.has(change) && change.epoch <= Math.ceil(Number(row[0])))
    due.forEach((change) => told.add(change))
    return [...row, changesInWords(due)]
  })
  return { header: [...table.header, 'changes'], rows }
}

/** `in epoch 4 (learning rate 0.001)` */
export const changedAt = ({ epoch, set }: ChangeEvent): string => `in epoch ${epoch} (${changeWords(set)})`

/** `batch 1: batch size 64; batch 3: learning rate 0.001`; nothing for none. */
export const changesInWords = (changes: readonly ChangeEvent[]): string =>
  changes.map(({ batch, set }) => `batch ${batch}: ${changeWords(set)}`).join('; ')

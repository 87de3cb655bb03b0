import { LabError } from '../../errors/lab-error'
import type { Change, ChangeSettings } from '../../experiment/schema'

/** A moment of a training: before this batch of this epoch, both from 1. */
export type Position = Pick<Change, 'epoch' | 'batch'>

/** Below 0 where `a` comes first. */
export const comparePositions = (a: Position, b: Position): number => a.epoch - b.epoch || a.batch - b.batch

/** Where a training is, for a change that is made while it runs. */
export interface Whereabouts {
  /** The batch that comes next. */
  readonly next: Position
  readonly epochs: number
}

/**
 * What of a change takes effect before the next batch, and what waits for the next epoch: a learning rate and the rates of
 * dropout at once; a batch size, which cuts the rows of an epoch, and a schedule, which counts from one, when it begins.
 * @throws LabError `change-too-late` when the training ends before
 */
export function placeChange(set: ChangeSettings, { next, epochs }: Whereabouts): Change[] {
  const { batchSize, schedule, ...soon } = set
  const later = { ...(batchSize !== undefined && { batchSize }), ...(schedule && { schedule }) }
  const isBetween = next.batch === 1
  const parts: Change[] = isBetween
    ? [{ ...next, set }]
    : [
        { ...next, set: soon },
        { epoch: next.epoch + 1, batch: 1, set: later },
      ].filter((change) => Object.values(change.set).some((value) => value !== undefined))
  const last = parts.at(-1)
  if (last && last.epoch > epochs) refuseLate(last.epoch, epochs)
  return parts
}

/** @throws LabError `change-place` for a change of the batch size or the schedule in the middle of an epoch */
export function checkPlace({ batch, set }: Change, path: string): void {
  if (batch === 1 || (set.batchSize === undefined && !set.schedule)) return
  throw new LabError({
    code: 'change-place',
    expected: 'batch 1 where the batch size or the schedule changes: they do so between epochs',
    came: `batch ${batch}`,
    advice: 'Remove "batch", or move the other settings to a change of their own.',
    place: { path: `${path}.batch` },
  })
}

function refuseLate(epoch: number, epochs: number): never {
  throw new LabError({
    code: 'change-too-late',
    expected: `a change that takes effect within the ${epochs} epochs of the training`,
    came: `one that waits for epoch ${epoch}`,
    advice: 'Let the training end, then train again with the new settings.',
  })
}

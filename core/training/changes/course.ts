import type { Change, ChangeSettings, Experiment } from '../../experiment/schema'
import { parseExperiment } from '../../experiment/read'
import { applyChange } from './apply-change'
import { checkPlace, comparePositions, placeChange, type Position, type Whereabouts } from './place'

/** How far a training is in its list of changes: part of a checkpoint. */
export interface CourseState {
  readonly changes: readonly Change[]
  /** How many of them, from the first, have taken effect. */
  readonly applied: number
}

const pathOf = (index: number): string => `training.changes.${index}`

/** @throws LabError of the first change that does not fit the experiment as those before it leave it */
export function checkChanges(
  experiment: Experiment,
  changes: readonly Change[] = experiment.training.changes ?? [],
): void {
  changes.reduce((so, change, index) => {
    checkPlace(change, pathOf(index))
    return applyChange(so, change.set, `${pathOf(index)}.set`)
  }, experiment)
}

/**
 * The settings of a training as they change on its way. A change that is made while it runs is one more entry of the
 * experiment's own list, so that training with the list anew does the same at the same batches.
 */
export class Course {
  private changes: readonly Change[]
  private applied = 0
  private now: Experiment
  private scheduled = 0

  /** @throws LabError when a change of the list does not fit */
  constructor(
    private readonly first: Experiment,
    state?: CourseState,
  ) {
    this.changes = inOrder(state?.changes ?? first.training.changes ?? [])
    checkChanges(first, this.changes)
    this.now = first
    while (this.applied < (state?.applied ?? 0)) this.advance()
  }

  /** As it is now. */
  get experiment(): Experiment {
    return this.now
  }

  /** Epochs that were done when the schedule in force began. */
  get scheduledAt(): number {
    return this.scheduled
  }

  /** Whether a change is due before a batch. Asked in each step, so that it makes no objects. */
  isDue(epoch: number, batch: number): boolean {
    const next = this.changes[this.applied]
    return next !== undefined && (next.epoch < epoch || (next.epoch === epoch && next.batch <= batch))
  }

  /** The next change that is due before a batch, which takes effect by this; nothing when there is none. */
  take(position: Position): Change | undefined {
    const next = this.changes[this.applied]
    return next && comparePositions(next, position) <= 0 ? this.advance() : undefined
  }

  /** @throws LabError when it does not fit, or comes too late; nothing is changed then */
  add(set: ChangeSettings, where: Whereabouts): void {
    const changes = inOrder([...this.changes, ...placeChange(set, where)])
    // What comes from outside is checked as if it had stood in the file.
    checkChanges(parseExperiment(withChanges(this.first, changes)))
    this.changes = changes
  }

  /** The experiment that does all of this again. */
  replay(): Experiment {
    return this.changes.length ? withChanges(this.first, this.changes) : this.first
  }

  state(): CourseState {
    return { changes: this.changes, applied: this.applied }
  }

  private advance(): Change {
    const change = this.changes[this.applied]!
    this.now = applyChange(this.now, change.set, `${pathOf(this.applied)}.set`)
    if (change.set.schedule) this.scheduled = change.epoch - 1
    this.applied++
    return change
  }
}

const withChanges = (experiment: Experiment, changes: readonly Change[]): Experiment => ({
  ...experiment,
  training: { ...experiment.training, changes: [...changes] },
})

/** By place; of equal ones the earlier entry first. */
const inOrder = (changes: readonly Change[]): Change[] => [...changes].sort(comparePositions)

import type { Experiment } from '../../../core/experiment/schema'
import { runCommand } from '../../stores/commands'
import { useExperiment } from '../../stores/experiment'
import { useNotices } from '../../stores/notices'

/** A change that a notice tells of, with a button that undoes it. @param told what was done, for people */
export function changeWithNotice(label: string, told: string, edit: (draft: Experiment) => unknown): void {
  const lab = useExperiment()
  lab.change(label, edit)
  // A later change must not be undone in its place.
  const undo = (): void => void (lab.undoLabel === label && runCommand('undo'))
  useNotices().say(`Done: ${told}`, { label: 'Undo', run: undo })
}

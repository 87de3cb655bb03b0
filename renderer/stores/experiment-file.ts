import { LabError } from '../../core/errors/lab-error'
import { readExperiment } from '../../core/experiment/read'
import type { Experiment } from '../../core/experiment/schema'
import { completeEntry } from '../../core/network/complete-entry'
import { losses, optimizers, schedules } from '../kinds'

/** The experiment of a file's text, its kinds checked by their registries and left as they are written. @throws LabError with the file's name */
export function readExperimentText(text: string, file: string): Experiment {
  const experiment = readExperiment(text, file)
  try {
    experiment.network.forEach((entry, index) => completeEntry(entry, `network.${index}`))
    if (experiment.loss) losses.parse(experiment.loss, 'loss')
    optimizers.parse(experiment.optimizer, 'optimizer')
    schedules.parse(experiment.schedule, 'schedule')
    return experiment
  } catch (error) {
    throw error instanceof LabError ? error.at({ file }) : error
  }
}

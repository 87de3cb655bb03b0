import { LabError } from '../../core/errors/lab-error'
import { readExperiment } from '../../core/experiment/read'
import type { Experiment } from '../../core/experiment/schema'
import { layers, losses, optimizers, schedules } from '../kinds'

/** The experiment of a file's text, its kinds checked by their registries. @throws LabError with the file's name */
export function readExperimentText(text: string, file: string): Experiment {
  const experiment = readExperiment(text, file)
  try {
    return {
      ...experiment,
      network: experiment.network.map((entry, index) => layers.parse(entry, `network.${index}`)),
      loss: experiment.loss && losses.parse(experiment.loss, 'loss'),
      optimizer: optimizers.parse(experiment.optimizer, 'optimizer'),
      schedule: schedules.parse(experiment.schedule, 'schedule'),
    }
  } catch (error) {
    throw error instanceof LabError ? error.at({ file }) : error
  }
}

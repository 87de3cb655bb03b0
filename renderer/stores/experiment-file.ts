import { LabError } from '../../core/errors/lab-error'
import { experimentSchema } from '../../core/experiment/schema'
import type { Experiment } from '../../core/experiment/schema'
import { layers, losses, optimizers, schedules } from '../kinds'

/** The experiment of a file's text, checked and with its defaults. @throws LabError with the file's name */
export function readExperimentText(text: string, file: string): Experiment {
  const experiment = checkShape(readJson(text, file), file)
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

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LabError({
      code: 'bad-json',
      expected: 'an experiment file in JSON',
      came: error instanceof Error ? error.message : String(error),
      advice: 'Correct the file in a text editor, or open the data file to start anew.',
      place: { file },
    })
  }
}

function checkShape(json: unknown, file: string): Experiment {
  const result = experimentSchema.safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new LabError({
    code: 'bad-experiment',
    expected: 'an experiment file, version 1',
    came: issue?.message ?? 'something else',
    advice: 'Correct this setting in the file, then open it again.',
    place: { file, path: issue?.path.join('.') },
  })
}

/** Human-readable and diffable: two spaces, one setting a line, a line feed at the end. */
export const writeExperimentText = (experiment: Experiment): string =>
  `${JSON.stringify(experiment, null, 2)}\n`

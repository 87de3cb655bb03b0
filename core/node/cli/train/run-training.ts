import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describeTarget } from '../../../data/describe-target'
import { LabError } from '../../../errors/lab-error'
import type { Experiment } from '../../../experiment/schema'
import { evaluateTrainer } from '../../../protocol/evaluation'
import { createSession, usualPace } from '../../../protocol/session'
import type { EndEvent, TrainingEvent } from '../../../training/events'
import { classWeightsOf } from '../../../training/row-weights'
import { createTrainer } from '../../../training/trainer'
import { chooseBackend } from '../../backend'
import { moveExperiment } from '../../data/relative-source'
import type { RunMaterial } from '../../data/prepare-run'
import { readExperiment } from '../../data/read-experiment'
import { readPreprocessing } from '../../run-folder/open-run'
import { sameJson } from '../../files/same-json'
import { observe } from '../../run-folder/observe'
import { runFiles } from '../../run-folder/layout'
import { runFolder } from '../../run-folder/run-folder'
import type { RunRecord } from '../../run-folder/run-record'
import { RunWriter } from '../../run-folder/run-writer'
import { readStatistics } from '../../run-folder/statistics-lines'
import { saveCharts } from '../../run-folder/save-charts'
import { version } from '../../version'
import { yieldToMessages } from '../../worker/yield-to-messages'
import type { PlacedRun } from './place-run'
import type { Reporter } from './reporter'

export interface TrainingRequest {
  readonly material: Omit<RunMaterial, 'read'>
  /** Folder of the experiment file. */
  readonly folder: string
  readonly threads: number
  /** One of `backendWishes`. */
  readonly backend: string
  readonly command: readonly string[]
  /** Statistics of the layers are taken and written. */
  readonly statistics: boolean
  /** Makes the run folder ready; called when all else is known to be right. */
  readonly place: () => PlacedRun
  /** Milliseconds. */
  readonly clock: () => number
  /** Least milliseconds between two checkpoints. */
  readonly checkpointGap: number
  readonly onInterrupt: (stop: () => void) => () => void
  readonly reporter: Pick<Reporter, 'take' | 'stopping'>
}

export interface TrainingResult {
  readonly end: EndEvent
  readonly path: string
}

/** Trains in this thread with the session that the app's workers use, and writes the run folder. */
export async function runTraining(request: TrainingRequest): Promise<TrainingResult> {
  const { material, clock, reporter } = request
  const trial = { experiment: material.experiment, data: material.data, clock: () => clock() / 1000 }
  const options = {
    ...trial,
    watchLayers: request.statistics,
    backend: chooseBackend(request.backend, request.threads, trial).create(),
  }
  // Made first without a folder: a network that does not fit must not leave an empty one.
  const fresh = createTrainer(options)
  const { path, resumed, state } = request.place()
  const experiment = moveExperiment({ experiment: material.experiment, folder: request.folder }, path)
  if (resumed) refuseOther(path, experiment, material, state !== null)
  const trainer = state ? createTrainer({ ...options, resume: state.checkpoint }) : fresh
  const folder = runFolder(path)
  const facts = factsOf(request, options.backend)
  const earlier = state ?? { epochs: [] }
  const { checkpointGap } = request
  const writer = new RunWriter({
    folder,
    trainer,
    facts,
    earlier,
    ...(request.statistics && { statistics: readStatistics(path, state?.checkpoint.step ?? 0) }),
    now: () => new Date(),
    clock,
    checkpointGap,
  })
  writer.open()
  folder.experiment(experiment)
  folder.preprocessing(material.data.preprocessing)
  folder.splits(material.data)

  const session = createSession(
    observe(trainer, (events) => writer.take(events)),
    {
      post: (events: readonly TrainingEvent[]) => events.forEach((event) => reporter.take(event)),
      status: () => undefined,
      failed: () => undefined,
      yieldControl: yieldToMessages,
      clock,
    },
    { ...usualPace, epochs: Infinity },
  )
  const release = request.onInterrupt(() => {
    reporter.stopping()
    void session.stop()
  })
  try {
    session.run()
    const end = await session.ended
    writer.saveResult()
    const target = describeTarget(material.data.preprocessing.target)
    const evaluation = evaluateTrainer(trainer, target)
    await saveCharts(folder, writer.history, evaluation)
    writer.saveRecord(end, evaluation)
    return { end, path }
  } finally {
    options.backend.close?.()
    release()
  }
}

const factsOf = (
  { material, threads, command }: TrainingRequest,
  { name, precision }: { name: string; precision: string },
) => ({
  name: material.experiment.name,
  ...weightsInForce(material),
  seed: material.experiment.training.seed,
  backend: name,
  precision,
  threads,
  versions: { nabla: version, node: process.versions.node, system: `${process.platform} ${process.arch}` },
  command,
})

function weightsInForce({ experiment, data }: Omit<RunMaterial, 'read'>): Pick<RunRecord, 'classWeights'> {
  const weights = classWeightsOf(experiment.training, data)
  return weights ? { classWeights: Object.fromEntries(weights) } : {}
}

/**
 * A run may go on longer or stop earlier than it was meant to; all else must be as it was. One that was killed while it
 * began, before any checkpoint, may not have said yet what it is.
 */
function refuseOther(
  path: string,
  experiment: Experiment,
  { data }: Omit<RunMaterial, 'read'>,
  hasCheckpoint: boolean,
): void {
  const told = (file: string): boolean => hasCheckpoint || existsSync(file)
  const file = join(path, runFiles.experiment)
  const prepared = join(path, runFiles.preprocessing)
  const same = !told(file) || sameJson(comparable(readExperiment(file).experiment), comparable(experiment))
  const sameData = !told(prepared) || sameJson(readPreprocessing(prepared, experiment), data.preprocessing)
  if (same && sameData) return
  throw new LabError({
    code: 'resume-differs',
    expected: 'the experiment and the data that the run began with',
    came: same ? 'data that gives another preprocessing' : 'an experiment with other settings',
    advice: 'Undo the change (only epochs and earlyStopping may differ), or train anew in another folder.',
    place: { file },
  })
}

const comparable = (experiment: Experiment): Experiment => ({
  ...experiment,
  // What is measured on the way changes no bit.
  training: {
    ...experiment.training,
    ...{ epochs: 0, earlyStopping: null, metricsEvery: undefined, statisticsEvery: undefined },
  },
})

import { join } from 'node:path'

/** Names inside a run folder. */
export const runFiles = {
  experiment: 'experiment.json',
  record: 'run.json',
  history: 'history.csv',
  weights: 'weights.safetensors',
  preprocessing: 'preprocessing.json',
  /** Which rows of the table were for training, validation and test. */
  splits: 'splits.csv',
  charts: 'charts',
  checkpoints: 'checkpoints',
  /** The best weights so far, for a run that could not end in peace. */
  checkpoint: join('checkpoints', 'best.safetensors'),
  /** All that the training needs to go on where it was. */
  resume: join('checkpoints', 'last.state'),
} as const

/**
 * Files and folders that belong to a run; nothing else in its folder is ever touched. In the order to remove them: what
 * a run goes on from first, and last the record, which tells that the folder is a run's.
 */
export const ownNames = [
  runFiles.checkpoints,
  runFiles.charts,
  runFiles.weights,
  runFiles.history,
  runFiles.splits,
  runFiles.preprocessing,
  runFiles.experiment,
  runFiles.record,
] as const

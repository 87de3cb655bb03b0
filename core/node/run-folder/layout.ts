import { join } from 'node:path'

/** Names inside a run folder. */
export const runFiles = {
  experiment: 'experiment.json',
  record: 'run.json',
  history: 'history.csv',
  /** Statistics of the layers, where they were asked for: an object a line. */
  statistics: 'statistics.jsonl',
  weights: 'weights.safetensors',
  preprocessing: 'preprocessing.json',
  /** Which rows of the table were for training, validation and test. */
  splits: 'splits.csv',
  /** One line for each fold of a cross-validation, and for each repeat; such a folder holds no weights. */
  folds: 'folds.csv',
  repeats: 'repeats.csv',
  charts: 'charts',
  checkpoints: 'checkpoints',
  /** The best weights so far, for a run that could not end in peace. */
  checkpoint: join('checkpoints', 'best.safetensors'),
  /** All that the training needs to go on where it was. */
  resume: join('checkpoints', 'last.state'),
} as const

/**
 * Files and folders that belong to a run; nothing else in its folder is ever touched. In the order to remove them: what
 * a run goes on from first, and last what tells that the folder is a run's.
 */
export const ownNames = [
  runFiles.checkpoints,
  runFiles.charts,
  runFiles.weights,
  runFiles.history,
  runFiles.statistics,
  runFiles.splits,
  runFiles.preprocessing,
  runFiles.experiment,
  runFiles.record,
  runFiles.folds,
  runFiles.repeats,
] as const

/** What tells that a folder holds a run, or several. */
export const runMarks: readonly string[] = [runFiles.record, runFiles.folds, runFiles.repeats]

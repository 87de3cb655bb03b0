import { z } from 'zod'
import * as readingKinds from '../data/cells/rules/kinds'

/** An `integer` is prepared as a number, but a cell with decimals is none; an `identifier` names its row, and is no input. */
const columnTypes = ['number', 'integer', 'boolean', 'category', 'date', 'text', 'identifier'] as const

/** `group`, `time` and `split` (a marker of splits) are what a split goes by; such a column is no input. */
const columnRoles = ['feature', 'target', 'weight', 'group', 'time', 'split', 'ignore'] as const

/** A kind and its settings; checked by the room's registry, not here, so that its message can name the kind. */
const entrySchema = z.looseObject({ type: z.string() })

/** A kind by its name, or with its settings; checked by its registry. */
const stepSchema = (entry: string) =>
  z
    .union([z.string(), entrySchema], { error: 'a name, or an entry such as { "type": "..." }' })
    .meta({ entry })
    .optional()

type ReadingKinds = typeof readingKinds

/** Rules for single cells by their names, in the order in which they are taken. */
export const readingSchema = z.strictObject(
  Object.fromEntries(
    Object.values(readingKinds)
      .sort((a, b) => a.order - b.order)
      .map(({ type, setting }) => [type, setting.optional()]),
  ) as { [K in keyof ReadingKinds]: z.ZodOptional<ReadingKinds[K]['setting']> },
)

/** How a column takes part. What is left out gets what import would propose. */
export const columnSchema = z.strictObject({
  role: z.enum(columnRoles).optional(),
  type: z.enum(columnTypes).optional(),
  /** What stands in for missing cells: `mean`, `{ "type": "constant", "value": 0 }`, ... */
  missing: stepSchema('fill'),
  /** One more input, after all others, that is 1 where the cell is missing. */
  indicator: z.boolean().optional(),
  /** Where outliers are cut off: `{ "type": "quantiles", "low": 0.01, "high": 0.99 }`, ... */
  clip: stepSchema('clip'),
  scale: stepSchema('scale'),
  /** Columns of one scale and one group are scaled alike, as the pixels of an image or the steps of a series should be. */
  scaleGroup: z.string().min(1).optional(),
  /** Categories of fewer training rows than `minimum`, or of a smaller share of them, are put together as `other`. */
  rare: z
    .strictObject({ minimum: z.int().min(1).optional(), share: z.number().gt(0).lt(1).optional() })
    .refine(({ minimum, share }) => minimum !== undefined || share !== undefined, {
      message: '"minimum" rows, or a "share" of the rows',
    })
    .optional(),
  /** What a category that training never saw counts as: none, the group of rare ones, or what stands in for missing cells. */
  unseen: z.enum(['zeros', 'other', 'fill']).optional(),
  /**
   * How the column becomes inputs: `one-hot`, `target-mean`, `cyclic`, `tf-idf`, ... `codes`: one input with the whole number
   * of the category, for an embedding layer; codes come before all other inputs.
   */
  encode: stepSchema('encoding'),
  /**
   * What becomes of cells that cannot be read as the column's type: `error` (if left out) refuses the table with the first
   * of them, `missing` counts them and takes them for missing, `text` reads the whole column as words.
   */
  unreadable: z.enum(['missing', 'error', 'text']).optional(),
  /** How cells that a file writes in several ways are read, before they get a type; kept for every further file. */
  reading: readingSchema.optional(),
})

export const csvSchema = z.strictObject({
  delimiter: z.string().min(1).max(4).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** Mark between groups of three digits: nothing for none, a space for spaces of any width; left out, each of them. */
  thousands: z.enum(['', ',', '.', ' ', "'"]).optional(),
  /** Nothing between the marks: quotes are letters like others. */
  quote: z.string().max(1).optional(),
  /** What makes a quote inside quotes a letter, such as a backslash; left out, a second quote does. */
  escape: z.string().length(1).optional(),
  encoding: z.enum(['utf-8', 'utf-16', 'latin-1', 'windows-1252']).optional(),
  header: z.boolean().optional(),
  missing: z.array(z.string()).optional(),
  /** Lines that begin so are left out; nothing between the marks: no lines are. */
  comment: z.string().max(8).optional(),
  /** Lines at the top of the file that are left out, whatever they hold. */
  skip: z.int().min(0).max(100_000).optional(),
  /** `skip`: spaces before an opening quote do not count. */
  spaces: z.enum(['keep', 'skip']).optional(),
})

export const splitSchema = z.strictObject({
  train: z.number().gt(0).max(1).default(0.7),
  validation: z.number().min(0).lt(1).default(0.15),
  test: z.number().min(0).lt(1).default(0.15),
  strategy: z.enum(['stratified', 'random', 'sequential', 'grouped', 'time', 'marker']).default('stratified'),
  seed: z.int().min(0).max(4294967295).default(1),
  /** The column that `grouped`, `time` or `marker` goes by; left out: the one with the role group, time or split. */
  by: z.string().min(1).optional(),
  /** What words of the marker column mean, where they are not common ones; `none` leaves their rows out. */
  marks: z.record(z.string(), z.enum(['train', 'validation', 'test', 'none'])).optional(),
})

const tableFormats = ['csv', 'json', 'jsonl', 'parquet'] as const

const windowStatistics = ['mean', 'sd', 'min', 'max', 'sum', 'difference'] as const

/**
 * A column that is computed from others: by exactly one of a formula, a value of some rows before (`lag`) or after
 * (`lead`, for targets alone), or a figure of the last rows (`window`). Rows come in order of the column with the role
 * time, or of the file, and within the groups of the column with the role group.
 */
export const derivedSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    formula: z.string().min(1).max(4000).optional(),
    lag: z.strictObject({ column: z.string().min(1), steps: z.int().min(0).max(1_000_000) }).optional(),
    lead: z.strictObject({ column: z.string().min(1), steps: z.int().min(1).max(1_000_000) }).optional(),
    window: z
      .strictObject({
        column: z.string().min(1),
        /** Rows in the window; all must be there and filled. */
        size: z.int().min(1).max(1_000_000),
        statistic: z.enum(windowStatistics),
        /** How many rows before the current one the window ends; 0: with the current one. */
        lag: z.int().min(0).max(1_000_000).default(0),
      })
      .optional(),
  })
  .refine(
    ({ formula, lag, lead, window }) =>
      [formula, lag, lead, window].filter((way) => way !== undefined).length === 1,
    {
      message: 'exactly one of formula, lag, lead or window',
    },
  )

export const dataSchema = z.strictObject({
  /**
   * A file, relative to the experiment file, or `sample:iris` for a built-in one. A list of files is one table: their
   * rows one after the other, with the same columns in each.
   */
  source: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'the name of a file, or a list of such names',
  }),
  /** Left out: as the files' content and names show. `csv` is any text with a delimiter; `jsonl` is one JSON row a line. */
  format: z.enum(tableFormats).optional(),
  csv: csvSchema.prefault({}),
  columns: z.record(z.string(), columnSchema).default({}),
  /** Computed columns, in order: each may use those before it. Their role and the like stand in `columns`, by name. */
  derived: z.array(derivedSchema).optional(),
  split: splitSchema.prefault({}),
  /**
   * `first`: of rows that say the same in every column that takes part, only the first does. `together`: a split by chance
   * puts rows with the same features into the same part. Left out: all rows are on their own.
   */
  repeats: z.enum(['keep', 'first', 'together']).optional(),
  /**
   * `leave-out`: training rows that are alike in every feature and differ in their class are not trained on; validation and
   * test keep theirs, so that scores stay true. Left out: all are trained on.
   */
  contradictions: z.enum(['keep', 'leave-out']).optional(),
  /**
   * Only the columns that tell most about the target, found on the training rows alone: the best ones that make no more
   * than so many inputs. Left out: all features take part.
   */
  select: z.strictObject({ inputs: z.int().min(1).max(1_000_000) }).optional(),
  /** Findings of the guard that were seen and are meant so: a finding's code, and after a colon its columns. */
  accepted: z.array(z.string()).optional(),
})

/** What may change while a training runs. A path such as `network.1.rate` names a layer's setting. */
export const changeSettingsSchema = z
  .strictObject({
    learningRate: z.number().gt(0).optional(),
    batchSize: z.int().min(1).max(1_000_000).optional(),
    schedule: entrySchema.meta({ entry: 'schedule' }).optional(),
    layers: z.record(z.string(), z.number()).optional(),
  })
  .refine((set) => Object.values(set).some((value) => value !== undefined), {
    message: 'a setting that changes: learningRate, batchSize, schedule or layers',
  })

/**
 * A change on the way: before this batch of this epoch, both counted from 1. Batch size and schedule change between epochs
 * only; a new schedule begins there, over the epochs that are left.
 */
export const changeSchema = z.strictObject({
  epoch: z.int().min(1).max(1_000_000),
  batch: z.int().min(1).default(1),
  set: changeSettingsSchema,
})

export const trainingSchema = z.strictObject({
  epochs: z.int().min(1).max(1_000_000).default(100),
  batchSize: z.int().min(1).max(1_000_000).default(32),
  seed: z.int().min(0).max(4294967295).default(42),
  shuffle: z.boolean().default(true),
  /**
   * `shuffle` (if left out): each epoch takes each row once, in a new order, or in the file's where `shuffle` is off.
   * `balanced`: each epoch draws as many rows in all, and every class equally often.
   */
  sampling: z.enum(['shuffle', 'balanced']).optional(),
  /** null: never stop early. */
  earlyStopping: z
    .strictObject({ patience: z.int().min(1).default(20), minimumChange: z.number().min(0).default(0) })
    .nullable()
    .default(null),
  /** What tells the best weights, ends a run early and is seen by a schedule: `loss` (if left out) or a metric. */
  monitor: z.string().optional(),
  /** Which weights the run keeps at its end. */
  keep: z.enum(['best', 'last']).default('best'),
  /** How much the rows of each class count in the loss: by the inverse of their share, or as told (others 1). */
  classWeights: z
    .union([z.literal('balanced'), z.record(z.string(), z.number().gt(0))], {
      error: '"balanced", or a number above 0 for each class, such as { "yes": 2, "no": 1 }',
    })
    .optional(),
  /** Batches whose gradients are put together for one update, as if they were one large batch. */
  accumulate: z.int().min(1).max(1_000_000).optional(),
  /** Evaluates and keeps the exponential moving average of the weights in place of the weights. */
  averaging: z.strictObject({ decay: z.number().gt(0).lt(1).default(0.999) }).optional(),
  /**
   * Every how many epochs all metrics are measured. Left out: as often as costs no more than half a hundredth of the training, and in short ones after epochs 1, 2, 3, 4, 6, 9, 13 and so on.
   * The loss and what is watched are known after each epoch in any case.
   */
  metricsEvery: z.int().min(1).max(1_000_000).optional(),
  /**
   * Where layers are watched: after the last whole batch of every how many epochs their statistics are taken. Left out: twice a
   * second, or as often as costs no more than a hundredth of the training.
   */
  statisticsEvery: z.int().min(1).max(1_000_000).optional(),
  /** Settings that change on the way; what is changed while a run is on is written here, too. */
  changes: z.array(changeSchema).optional(),
})

export const regularizationSchema = z.strictObject({
  /** Adds l1 Σ|w| and l2 Σ w² over all weights but biases to what is minimized. */
  l1: z.number().min(0).max(1000).default(0),
  l2: z.number().min(0).max(1000).default(0),
  /** Longest vector of weights into a unit; null: any. */
  maxNorm: z.number().gt(0).nullable().default(null),
})

/** Each number of the gradient, its length, or the length of each layer's part is kept within the limit. */
export const clipSchema = z.strictObject({
  by: z.enum(['value', 'norm', 'layer']).default('norm'),
  limit: z.number().gt(0).default(1),
})

/** The experiment file, version 1. */
export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  nabla: z.literal(1),
  name: z.string().default(''),
  data: dataSchema,
  network: z.array(entrySchema).min(1),
  /** Left out: the loss that fits the target. */
  loss: entrySchema.optional(),
  optimizer: entrySchema.prefault({ type: 'adam' }),
  schedule: entrySchema.prefault({ type: 'constant' }),
  regularization: regularizationSchema.optional(),
  clip: clipSchema.optional(),
  training: trainingSchema.prefault({}),
})

/** With all defaults in place. */
export type Experiment = z.output<typeof experimentSchema>
/** As written in a file. */
export type ExperimentInput = z.input<typeof experimentSchema>
export type ColumnRole = (typeof columnRoles)[number]
export type ColumnSettings = z.output<typeof columnSchema>
export type DataSource = Experiment['data']['source']
export type TableFormat = (typeof tableFormats)[number]
export type DerivedSettings = z.output<typeof derivedSchema>
export type WindowStatistic = (typeof windowStatistics)[number]
export type CsvSettings = z.output<typeof csvSchema>
/** With all that every file has; what few files need is there only where it is not as usual. */
export type FoundCsv = CsvSettings &
  Required<Pick<CsvSettings, 'delimiter' | 'decimal' | 'quote' | 'encoding' | 'header' | 'missing'>>
export type SplitSettings = z.output<typeof splitSchema>
export type TrainingSettings = z.output<typeof trainingSchema>
export type Change = z.output<typeof changeSchema>
export type ChangeSettings = z.output<typeof changeSettingsSchema>
export type RegularizationSettings = z.output<typeof regularizationSchema>
export type ClipSettings = z.output<typeof clipSchema>
export type LayerEntry = z.output<typeof entrySchema>

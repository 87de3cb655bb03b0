import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import { cameWords, refusalOf } from '../../catalog/schema-words'
import { migratePreprocessing } from '../../data/preparing/migrate'
import type { Preprocessing } from '../../data/prepared'
import { LabError } from '../../errors/lab-error'
import type { Experiment } from '../../experiment/schema'
import type { NamedArray, TrainedModel } from '../../exports/export'
import { exporters } from '../../exports/registry'
import { fingerprint } from '../../training/fingerprint'
import { readBytes, readJson } from '../files/read-text'
import { readExperiment } from '../data/read-experiment'
import { runFiles } from './layout'
import { preprocessingSchema } from './preprocessing-schema'

/** A run read back from its folder. */
export interface OpenRun {
  readonly folder: string
  readonly name: string
  readonly model: TrainedModel
  /** True when the run never ended, and these are the best weights of its last checkpoint. */
  readonly unfinished: boolean
  /** How much a row of each class counted in its loss; nothing where all did alike, or an older record does not tell. */
  readonly classWeights?: Readonly<Record<string, number>>
}

const recordSchema = z.looseObject({
  nablaRun: z.literal(1),
  name: z.string(),
  status: z.enum(['running', 'finished', 'failed']),
  fingerprint: z.string().nullable(),
  classWeights: z.record(z.string(), z.number()).optional(),
})

/** @throws LabError `not-a-run`, `no-weights`, `file-damaged`, or what reading a file may meet */
export function openRun(path: string): OpenRun {
  const folder = resolve(path)
  if (!existsSync(join(folder, runFiles.record))) throw notARun(folder)
  const record = checked(recordSchema, join(folder, runFiles.record))
  const { experiment } = readExperiment(join(folder, runFiles.experiment))
  const preprocessing = readPreprocessing(join(folder, runFiles.preprocessing), experiment)
  const file = weightsFile(folder)
  const parameters = readWeights(file)
  const found = fingerprint(flat(parameters))
  const unfinished = record.fingerprint === null
  if (!unfinished && found !== record.fingerprint) throw changed(file)
  const model = { experiment, preprocessing, parameters, fingerprint: found }
  const { classWeights } = record
  return {
    ...{ folder, name: record.name || basename(folder), model, unfinished },
    ...(classWeights && { classWeights }),
  }
}

/** What a run was prepared with, also by an earlier version. @throws LabError `file-damaged` */
export const readPreprocessing = (file: string, { data }: Experiment): Preprocessing =>
  checked(preprocessingSchema, file, (saved) => migratePreprocessing(saved, data.columns))

function weightsFile(folder: string): string {
  const files = [runFiles.weights, runFiles.checkpoint].map((name) => join(folder, name))
  return files.find((file) => existsSync(file)) ?? noWeights(folder)
}

function checked<T>(schema: z.ZodType<T>, file: string, migrate = (saved: unknown): unknown => saved): T {
  const saved = migrate(readJson(file))
  const result = schema.safeParse(saved)
  if (result.success) return result.data
  const { path, expected, unknown, value } = refusalOf(schema, saved)!
  const came = unknown ? `the field "${unknown.field}"` : cameWords(value)
  throw damaged(file, `${came} at ${path.map(String).join('.')}, where ${expected} should be`)
}

function readWeights(file: string): readonly NamedArray[] {
  const bytes = readBytes(file)
  try {
    return exporters.get('safetensors').read(bytes)
  } catch (error) {
    if (error instanceof LabError) throw error.at({ file })
    throw damaged(file, error instanceof Error ? error.message : String(error))
  }
}

/** All values in one row, in layout order, as the fingerprint is made from. */
export function flat(arrays: readonly NamedArray[]): Float32Array {
  const values = new Float32Array(arrays.reduce((size, array) => size + array.values.length, 0))
  let offset = 0
  for (const array of arrays) {
    values.set(array.values, offset)
    offset += array.values.length
  }
  return values
}

const notARun = (folder: string): LabError =>
  new LabError({
    code: 'not-a-run',
    expected: 'a run folder, as "nabla train" makes it',
    came: existsSync(folder) ? `a folder without ${runFiles.record}` : 'nothing at this place',
    advice: 'Name the folder that "nabla train" wrote, such as runs/iris-1.',
    place: { file: folder },
  })

function noWeights(folder: string): never {
  throw new LabError({
    code: 'no-weights',
    expected: `a run with ${runFiles.weights}`,
    came: 'a run that ended before any weights were kept',
    advice: 'Train it again.',
    place: { file: folder },
  })
}

const damaged = (file: string, came: string): LabError =>
  new LabError({
    code: 'file-damaged',
    expected: 'the file as "nabla train" wrote it',
    came,
    advice: 'Take the file from a backup, or train the run again.',
    place: { file },
  })

const changed = (file: string): LabError =>
  new LabError({
    code: 'file-damaged',
    expected: `weights with the fingerprint that ${runFiles.record} gives`,
    came: 'other weights',
    advice: 'Take the file from a backup, or train the run again.',
    place: { file },
  })

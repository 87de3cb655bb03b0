import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PreparedData, Preprocessing, TargetTransform } from '../../data/prepared'
import { LabError } from '../../errors/lab-error'
import { createRandom } from '../../random/create-random'
import type { MadeUpData } from './recipes'
import type { Workload } from './workloads'

/** Files that ours and peers read alike: raw little-endian numbers, classes as int32, all else as float32. */
export const filesOf = ({ id, task }: Pick<Workload, 'id' | 'task'>) => ({
  features: `${id}_X.f32`,
  targets: task === 'number' ? `${id}_y.f32` : `${id}_y.i32`,
})

/** Makes a workload's data and writes it into a folder. */
export function writeData(folder: string, workload: Workload): void {
  const { features, targets } = workload.recipe(workload.rows, createRandom(1).split(workload.id))
  const files = filesOf(workload)
  writeFileSync(join(folder, files.features), new Uint8Array(features.buffer))
  const numbers = workload.task === 'number' ? targets : Int32Array.from(targets)
  writeFileSync(join(folder, files.targets), new Uint8Array(numbers.buffer))
}

/** @throws LabError when a file is missing, or does not hold the workload's numbers */
export function readData(folder: string, workload: Workload): MadeUpData {
  const { rows, inputs, task } = workload
  const files = filesOf(workload)
  const features = new Float32Array(bytesOf(join(folder, files.features), rows * inputs))
  const targets = bytesOf(join(folder, files.targets), rows)
  return {
    features,
    targets: task === 'number' ? new Float32Array(targets) : Float32Array.from(new Int32Array(targets)),
  }
}

function bytesOf(file: string, count: number): ArrayBuffer {
  const bytes = existsSync(file) ? readFileSync(file) : null
  if (bytes?.length === 4 * count) return new Uint8Array(bytes).buffer
  throw new LabError({
    code: 'bench-data',
    expected: `a file of ${count} numbers of four bytes`,
    came: bytes ? `${bytes.length} bytes` : 'no file',
    advice: 'Leave --data out, so that the data is made anew, or make all files of the folder again.',
    place: { file },
  })
}

/** Ready to train on: all rows train, nothing is scaled. */
export function preparedOf(workload: Workload, { features, targets }: MadeUpData): PreparedData {
  const { inputs, units } = workload
  const rows = targets.length
  const all = Uint32Array.from({ length: rows }, (_, row) => row)
  const none = new Uint32Array()
  return {
    preprocessing: preprocessingOf(workload),
    features: { rows, width: inputs, values: features },
    targets: { rows, width: units, values: units === 1 ? targets : oneHot(targets, units) },
    splits: { train: all, validation: none, test: none },
    fileRows: all.map((row) => row + 1),
  }
}

function oneHot(classes: Float32Array, units: number): Float32Array {
  const values = new Float32Array(classes.length * units)
  classes.forEach((label, row) => (values[row * units + label] = 1))
  return values
}

function preprocessingOf(workload: Workload): Preprocessing {
  const inputNames = Array.from({ length: workload.inputs }, (_, i) => `x${i + 1}`)
  return {
    version: 2,
    features: inputNames.map((column, start) => ({
      ...{ column, type: 'number', fill: 0, encode: { type: 'number' } },
      ...{ start, width: 1 },
    })),
    width: workload.inputs,
    inputNames,
    target: targetOf(workload),
  }
}

function targetOf({ task, units }: Workload): TargetTransform {
  const scale = { column: 'y', scale: { type: 'none' } }
  if (task === 'number') return { type: 'number', ...scale }
  if (task === 'binary') return { type: 'binary', classes: ['0', '1'], ...scale }
  return { type: 'category', classes: Array.from({ length: units }, (_, i) => String(i)), ...scale }
}

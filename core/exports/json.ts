import { strFromU8, strToU8 } from 'fflate'
import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import { describeModel } from './describe-model'
import type { ExportKind, NamedArray, TrainedModel } from './export'
import { damaged, namedArray } from './floats'
import { shortestFloat32 } from './shortest'

const fileSchema = z.object({
  parameters: z.array(z.object({ name: z.string(), shape: z.array(z.int().min(0)), values: z.unknown() })),
})

/** Nested lists, innermost axis last. */
function nest(values: Float32Array, [size, ...inner]: readonly number[]): string {
  if (size === undefined) return shortestFloat32(values[0]!)
  const step = values.length / size
  const parts = Array.from({ length: size }, (_, i) => nest(values.subarray(i * step, (i + 1) * step), inner))
  return `[${parts.join(inner.length ? ',\n        ' : ', ')}]`
}

function parameterText({ name, shape, values }: NamedArray): string {
  if (!values.every(Number.isFinite)) throw notFinite(name)
  const head = `"name": ${JSON.stringify(name)},\n      "shape": ${JSON.stringify(shape)}`
  return `    {\n      ${head},\n      "values": ${nest(values, shape)}\n    }`
}

const notFinite = (name: string): LabError =>
  new LabError({
    code: 'not-finite',
    expected: 'weights that are all numbers, since JSON can write nothing else',
    came: `"${name}" with infinite or undefined values`,
    advice: 'Train again with a smaller learning rate, or export as safetensors or NPZ to look at them.',
  })

function write(model: TrainedModel): Uint8Array {
  const head = JSON.stringify(describeModel(model), null, 2).slice(0, -'\n}'.length)
  const parameters = model.parameters.map(parameterText).join(',\n')
  return strToU8(`${head},\n  "parameters": [\n${parameters}\n  ]\n}\n`)
}

/** @throws LabError `file-damaged` */
function read(bytes: Uint8Array): NamedArray[] {
  let file: z.output<typeof fileSchema>
  try {
    file = fileSchema.parse(JSON.parse(strFromU8(bytes)))
  } catch (error) {
    throw damaged('weights as JSON', error instanceof Error ? error.message : String(error))
  }
  return file.parameters.map(({ name, shape, values }) => namedArray(name, shape, flatNumbers(name, values)))
}

function flatNumbers(name: string, nested: unknown): Float32Array {
  const values = [nested].flat(Infinity)
  if (values.every((value): value is number => typeof value === 'number')) return Float32Array.from(values)
  throw damaged(`nested lists of numbers in "${name}"`, 'something else among them')
}

export const json: ExportKind = {
  type: 'json',
  order: 30,
  label: 'JSON',
  help: 'Names, shapes and nested lists of numbers with the experiment and the preprocessing: for reading by eye and for any language.',
  extension: 'json',
  write,
  read,
}

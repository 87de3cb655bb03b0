import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { describeModel } from './describe-model'
import type { ExportKind, NamedArray, TrainedModel } from './export'
import { bytesToFloats, damaged, floatsToBytes, namedArray } from './floats'
import type { Shape } from '../graph/shape'

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]
const prefix = magic.length + 2
/** The same for every export, so that the same model gives the same bytes. */
const stored = { level: 0, mtime: new Date(1980, 0, 1) } as const

/** One array as .npy, format version 1.0: its numbers begin at a multiple of 64 bytes, in C order. */
function npyOf({ shape, values }: NamedArray): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`
  const size = Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix
  const header = strToU8(text.padEnd(size - 1) + '\n')
  const bytes = new Uint8Array(prefix + size + values.length * 4)
  bytes.set(magic)
  new DataView(bytes.buffer).setUint16(magic.length, size, true)
  bytes.set(header, prefix)
  bytes.set(floatsToBytes(values), prefix + size)
  return bytes
}

const shapePattern = /'descr': '<f4', 'fortran_order': False, 'shape': \(([\d, ]*)\)/

/** @throws LabError `file-damaged` */
function readNpy(name: string, bytes: Uint8Array): NamedArray {
  const known = bytes.length >= prefix && magic.every((byte, i) => bytes[i] === byte)
  if (!known) throw damaged(`a .npy array of version 1.0 in "${name}"`, 'other bytes')
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint16(magic.length, true)
  const header = strFromU8(bytes.subarray(prefix, prefix + size))
  const found = shapePattern.exec(header)
  if (!found) throw damaged(`a float32 array in C order in "${name}"`, header.trim())
  const shape: Shape = found[1]!
    .split(',')
    .filter((part) => part.trim())
    .map(Number)
  return namedArray(name, shape, bytesToFloats(bytes.subarray(prefix + size)))
}

function write(model: TrainedModel): Uint8Array {
  const files: Zippable = {}
  for (const parameter of model.parameters) files[`${parameter.name}.npy`] = [npyOf(parameter), stored]
  files['model.json'] = [strToU8(JSON.stringify(describeModel(model), null, 2)), stored]
  return zipSync(files)
}

function read(bytes: Uint8Array): NamedArray[] {
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes)
  } catch (error) {
    throw damaged('a zip of .npy arrays', error instanceof Error ? error.message : String(error))
  }
  return Object.entries(files)
    .filter(([file]) => file.endsWith('.npy'))
    .map(([file, content]) => readNpy(file.slice(0, -'.npy'.length), content))
}

/** Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays", 2007. */
export const npz: ExportKind = {
  type: 'npz',
  order: 20,
  label: 'NumPy (NPZ)',
  help: 'One array for each parameter, for numpy.load in Python. The experiment and the preprocessing are inside as model.json.',
  extension: 'npz',
  write,
  read,
}

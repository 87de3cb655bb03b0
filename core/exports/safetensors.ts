import { strFromU8, strToU8 } from 'fflate'
import { z } from 'zod'
import type { ExportKind, NamedArray, TrainedModel } from './export'
import { bytesToFloats, damaged, floatsToBytes, namedArray } from './floats'

const tensorSchema = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
const headerSchema = z.looseObject({ __metadata__: z.record(z.string(), z.string()).optional() })

/** The format allows nothing but text here. */
const metadataOf = ({ experiment, preprocessing, fingerprint }: TrainedModel): Record<string, string> => ({
  format: 'nabla-lab',
  name: experiment.name,
  fingerprint,
  experiment: JSON.stringify(experiment),
  preprocessing: JSON.stringify(preprocessing),
})

function headerOf(model: TrainedModel): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadataOf(model) }
  let end = 0
  for (const { name, shape, values } of model.parameters)
    header[name] = { dtype: 'F32', shape, data_offsets: [end, (end += values.length * 4)] }
  const text = strToU8(JSON.stringify(header))
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20)
  padded.set(text)
  return padded
}

function write(model: TrainedModel): Uint8Array {
  const header = headerOf(model)
  const data = model.parameters.map(({ values }) => floatsToBytes(values))
  const bytes = new Uint8Array(data.reduce((size, part) => size + part.length, 8 + header.length))
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true)
  let offset = 8
  for (const part of [header, ...data]) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

/** @throws LabError `file-damaged` */
function read(bytes: Uint8Array): NamedArray[] {
  const expected = 'a safetensors file'
  if (bytes.length < 8) throw damaged(expected, `${bytes.length} bytes`)
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
  const data = bytes.subarray(8 + size)
  if (8 + size > bytes.length)
    throw damaged(expected, `a header of ${size} bytes in a file of ${bytes.length}`)
  const { __metadata__: _metadata, ...tensors } = parseHeader(strFromU8(bytes.subarray(8, 8 + size)))
  const entries = Object.entries(tensors).map(([name, raw]) => ({ name, ...parseTensor(name, raw) }))
  entries.sort((a, b) => a.data_offsets[0] - b.data_offsets[0])
  return entries.map(({ name, shape, data_offsets: [start, end] }) =>
    namedArray(name, shape, bytesToFloats(data.subarray(start, end))),
  )
}

function parseHeader(text: string): z.output<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(text))
  } catch {
    throw damaged('a safetensors header', text.slice(0, 40))
  }
}

function parseTensor(name: string, raw: unknown): z.output<typeof tensorSchema> {
  const result = tensorSchema.safeParse(raw)
  if (result.success) return result.data
  throw damaged(`a float32 tensor "${name}"`, JSON.stringify(raw))
}

/** Source: the format's description in the README of github.com/huggingface/safetensors. */
export const safetensors: ExportKind = {
  type: 'safetensors',
  order: 10,
  label: 'Safetensors',
  help: 'Exact float32 bytes with names and shapes, the experiment and the preprocessing. Opens in PyTorch, TensorFlow, JAX and NumPy.',
  extension: 'safetensors',
  write,
  read,
}

import type { Shape } from '../../graph/shape'
import { ProtobufMessage } from './protobuf'

/** Whole numbers, text, a list of whole numbers, or a float. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number }

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

/** A float32 tensor that goes in or comes out. */
export interface OnnxTensor {
  readonly name: string
  readonly shape: Shape
}

export interface OnnxConstant extends OnnxTensor {
  readonly type: 'float32' | 'int64'
  readonly values: readonly number[]
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly inputs: readonly OnnxTensor[]
  readonly outputs: readonly OnnxTensor[]
  readonly constants: readonly OnnxConstant[]
}

/** Ops of ONNX Runtime's own, beside the standard. */
const ownOps: ReadonlySet<string> = new Set(['FusedMatMul'])
const OWN_DOMAIN = 'com.microsoft'
const IR_VERSION = 8
const OPSET = 17

/** Numbers of `TensorProto.DataType`. */
const dataTypes = { float32: 1, int64: 7 }

/** The bytes of an ONNX file. Field numbers are those of onnx.proto3 of ONNX 1.12. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  return new ProtobufMessage()
    .integer(1, IR_VERSION)
    .text(2, 'nabla-lab')
    .message(7, graphMessage(graph))
    .message(8, new ProtobufMessage().text(1, '').integer(2, OPSET))
    .message(8, new ProtobufMessage().text(1, OWN_DOMAIN).integer(2, 1))
    .encode()
}

function graphMessage({ nodes, inputs, outputs, constants }: OnnxGraph): ProtobufMessage {
  const message = new ProtobufMessage()
  for (const node of nodes) message.message(1, nodeMessage(node))
  message.text(2, 'plan')
  for (const constant of constants) message.message(5, constantMessage(constant))
  for (const tensor of inputs) message.message(11, tensorMessage(tensor))
  for (const tensor of outputs) message.message(12, tensorMessage(tensor))
  return message
}

function nodeMessage({ op, inputs, output, attributes }: OnnxNode): ProtobufMessage {
  const message = new ProtobufMessage()
  for (const name of inputs) message.text(1, name)
  message.text(2, output).text(4, op)
  for (const [name, value] of Object.entries(attributes)) message.message(5, attributeMessage(name, value))
  return ownOps.has(op) ? message.text(7, OWN_DOMAIN) : message
}

function attributeMessage(name: string, value: OnnxAttribute): ProtobufMessage {
  const message = new ProtobufMessage().text(1, name)
  if (typeof value === 'number') return message.integer(3, value).integer(20, 2)
  if (typeof value === 'string') return message.text(4, value).integer(20, 3)
  if ('float' in value) return message.float(2, value.float).integer(20, 1)
  for (const entry of value) message.integer(8, entry)
  return message.integer(20, 7)
}

function constantMessage({ name, shape, type, values }: OnnxConstant): ProtobufMessage {
  const message = new ProtobufMessage()
  for (const size of shape) message.integer(1, size)
  const numbers =
    type === 'float32' ? Float32Array.from(values) : BigInt64Array.from(values, (value) => BigInt(value))
  return message.integer(2, dataTypes[type]).text(8, name).data(9, new Uint8Array(numbers.buffer))
}

function tensorMessage({ name, shape }: OnnxTensor): ProtobufMessage {
  const sizes = new ProtobufMessage()
  for (const size of shape) sizes.message(1, new ProtobufMessage().integer(1, size))
  const type = new ProtobufMessage().integer(1, dataTypes.float32).message(2, sizes)
  return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, type))
}

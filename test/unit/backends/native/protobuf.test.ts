import { expect, it } from 'vitest'
import { ProtobufMessage } from '../../../../core/backends/native/protobuf'

const bytes = (message: ProtobufMessage): number[] => [...message.encode()]

it('writes the examples of “Encoding” on protobuf.dev', () => {
  expect(bytes(new ProtobufMessage().integer(1, 150))).toEqual([0x08, 0x96, 0x01])
  const text = [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]
  expect(bytes(new ProtobufMessage().text(2, 'testing'))).toEqual(text)
  const inner = new ProtobufMessage().integer(1, 150)
  expect(bytes(new ProtobufMessage().message(3, inner))).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01])
  const minusTwo = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
  expect(bytes(new ProtobufMessage().integer(1, -2))).toEqual([0x08, ...minusTwo])
})

it('writes large numbers and floats', () => {
  expect(bytes(new ProtobufMessage().integer(1, 2 ** 40))).toEqual([8, 128, 128, 128, 128, 128, 32])
  expect(bytes(new ProtobufMessage().float(2, 1))).toEqual([0x15, 0, 0, 0x80, 0x3f])
})

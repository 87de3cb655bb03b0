import { expect, test } from 'vitest'
import { decodeBase64 } from '../../../../core/backends/wasm/base64'
import { float, signed, unsigned } from '../../../../core/backends/wasm/wasm-encoding'
import { numbers } from './plans'

test('base64 text is decoded as Node decodes it', () => {
  const next = numbers(3)
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, () => Math.floor(next() * 256))
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
  }
})

// The examples of the LEB128 article of the DWARF 4 standard, figures 22 and 23.
test.each([
  [2, [2]],
  [127, [127]],
  [128, [0x80, 1]],
  [129, [0x81, 1]],
  [12857, [0xb9, 0x64]],
  [4294967295, [0xff, 0xff, 0xff, 0xff, 0x0f]],
])('%i is unsigned LEB128 %j', (value, bytes) => expect(unsigned(value)).toEqual(bytes))

test.each([
  [2, [2]],
  [-2, [0x7e]],
  [127, [0xff, 0]],
  [-127, [0x81, 0x7f]],
  [128, [0x80, 1]],
  [-128, [0x80, 0x7f]],
  [129, [0x81, 1]],
  [-129, [0xff, 0x7e]],
  [4294967295, [0x7f]],
])('%i is signed LEB128 %j', (value, bytes) => expect(signed(value)).toEqual(bytes))

test('a float is its four bytes, low first', () => expect(float(-1.5)).toEqual([0, 0, 0xc0, 0xbf]))

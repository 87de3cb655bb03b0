import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { LabError } from '../../../core/errors/lab-error'
import type { NamedArray } from '../../../core/exports/export'
import * as kinds from '../../../core/exports/kinds'
import { exporters } from '../../../core/exports/registry'
import { shortestFloat32 } from '../../../core/exports/shortest'
import { anyModel, array, modelOf, sample } from './models'

/** Names, shapes and the very bits, so that -0 is not 0. */
const bits = (arrays: readonly NamedArray[]): unknown =>
  arrays.map(({ name, shape, values }) => [name, [...shape], [...new Uint32Array(values.slice().buffer)]])

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

function errorOf(run: () => unknown): LabError {
  try {
    run()
  } catch (error) {
    if (error instanceof LabError) return error
    throw error
  }
  throw new Error('expected an error')
}

describe.each(exporters.list)('$type', (kind) => {
  it('is exported under its type, with label, help and extension', () => {
    expect((kinds as Record<string, unknown>)[kind.type]).toBe(kind)
    expect(kind.label).toMatch(/\S/)
    expect(kind.help).toMatch(/^[A-Z].{20,}\.$/)
    expect(kind.extension).toMatch(/^[a-z]+$/)
  })

  it('reads back every bit that it wrote', () => {
    expect(bits(kind.read(kind.write(sample)))).toEqual(bits(sample.parameters))
  })

  it('reads back every bit of any network', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        expect(bits(kind.read(kind.write(model)))).toEqual(bits(model.parameters))
      }),
    )
  })

  it('reads from a window of a larger buffer', () => {
    const bytes = kind.write(sample)
    const larger = new Uint8Array(bytes.length + 9)
    larger.set(bytes, 3)
    expect(bits(kind.read(larger.subarray(3, 3 + bytes.length)))).toEqual(bits(sample.parameters))
  })

  it('gives the same bytes for the same model', () => {
    expect(kind.write(sample)).toEqual(kind.write(sample))
  })

  it('refuses damaged files with a help page', () => {
    const bytes = kind.write(sample)
    for (const broken of [new Uint8Array(), bytes.subarray(0, 5), bytes.subarray(0, 60), bytes.subarray(9)])
      expect(errorOf(() => kind.read(broken)).code).toBe('file-damaged')
    const short = errorOf(() => kind.read(bytes.subarray(0, bytes.length - 3)))
    expect(short.code).toBe('file-damaged')
  })
})

describe('numbers that are not finite', () => {
  const model = modelOf([array('1.dense.bias', [3], [NaN, Infinity, -Infinity])])
  it.each(['safetensors', 'npz', 'csv'])('survive in %s', (type) => {
    const [came] = exporters.get(type).read(exporters.get(type).write(model))
    expect([...came!.values]).toEqual([NaN, Infinity, -Infinity])
  })

  it('are refused by json, which cannot write them', () => {
    const error = errorOf(() => exporters.get('json').write(model))
    expect(error.code).toBe('not-finite')
    expect(error.came).toContain('1.dense.bias')
  })
})

describe('safetensors', () => {
  const bytes = exporters.get('safetensors').write(sample)
  const size = Number(new DataView(bytes.buffer).getBigUint64(0, true))
  const header = JSON.parse(text(bytes.subarray(8, 8 + size))) as Record<string, unknown>

  it('has an 8-byte aligned header that starts with { and tensors without holes', () => {
    expect((8 + size) % 8).toBe(0)
    expect(bytes[8]).toBe('{'.charCodeAt(0))
    const { __metadata__: _metadata, ...tensors } = header
    expect(tensors).toEqual({
      '1.dense.weights': { dtype: 'F32', shape: [3, 2], data_offsets: [0, 24] },
      '1.dense.bias': { dtype: 'F32', shape: [2], data_offsets: [24, 32] },
      '2.output.weights': { dtype: 'F32', shape: [2, 1], data_offsets: [32, 40] },
      '2.output.bias': { dtype: 'F32', shape: [1], data_offsets: [40, 44] },
    })
    expect(bytes.length).toBe(8 + size + 44)
  })

  it('has the experiment and the preprocessing in its metadata, as text', () => {
    const metadata = header.__metadata__ as Record<string, string>
    expect(Object.values(metadata).every((value) => typeof value === 'string')).toBe(true)
    expect([metadata.name, metadata.fingerprint]).toEqual([sample.experiment.name, sample.fingerprint])
    expect(JSON.parse(metadata.experiment!)).toEqual(sample.experiment)
    expect(JSON.parse(metadata.preprocessing!)).toEqual(sample.preprocessing)
  })

  it('reads a file written by hand after the format’s description', () => {
    const text =
      '{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}'
    const head = [text.length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(text)]
    const file = Uint8Array.from([...head, 0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])
    expect(exporters.get('safetensors').read(file)).toEqual([array('a', [], [1]), array('b', [1], [-2.5])])
  })

  it('refuses other number types', () => {
    const text = '{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}'
    const file = Uint8Array.from([text.length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(text), 0, 0])
    expect(errorOf(() => exporters.get('safetensors').read(file)).came).toContain('F16')
  })
})

describe('npz', () => {
  it('has .npy members of version 1.0 whose numbers begin at a multiple of 64', () => {
    const files = unzipSync(exporters.get('npz').write(sample))
    expect(Object.keys(files).sort()).toEqual(
      [...sample.parameters.map(({ name }) => `${name}.npy`), 'model.json'].sort(),
    )
    const weights = files['1.dense.weights.npy']!
    expect([...weights.subarray(0, 8)]).toEqual([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0])
    expect(weights.length % 64).toBe(24)
    const header = text(weights.subarray(10, weights.length - 24))
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 2\), \} *\n$/)
    expect(text(files['1.dense.bias.npy']!)).toContain(`'shape': (2,), }`)
    expect(JSON.parse(text(files['model.json']!))).toMatchObject({
      fingerprint: sample.fingerprint,
      experiment: sample.experiment,
      preprocessing: sample.preprocessing,
    })
  })

  it('reads what numpy.savez wrote', () => {
    // numpy 1.24: np.savez(f, w=np.array([[1.5, -2], [0.1, 3]], '<f4'), s=np.array(7, '<f4'))
    const bytes = Uint8Array.from(atob(numpyFile), (letter) => letter.charCodeAt(0))
    expect(exporters.get('npz').read(bytes)).toEqual([
      array('w', [2, 2], [1.5, -2, 0.1, 3]),
      array('s', [], [7]),
    ])
  })
})

describe('json', () => {
  it('nests its numbers by shape and carries the experiment and preprocessing', () => {
    const file = JSON.parse(text(exporters.get('json').write(sample))) as { parameters: unknown[] }
    expect(file.parameters[0]).toEqual({
      name: '1.dense.weights',
      shape: [3, 2],
      values: [
        [0.1, -2.5],
        [0.33333334, 16777216],
        [-1e-7, 3.4028235e38],
      ],
    })
    expect(file).toMatchObject({
      format: 'nabla-lab',
      version: 1,
      name: sample.experiment.name,
      fingerprint: sample.fingerprint,
      experiment: sample.experiment,
      preprocessing: sample.preprocessing,
    })
  })
})

describe('csv', () => {
  it('has one line for each number with its indexes', () => {
    const lines = text(exporters.get('csv').write(sample)).split('\n')
    expect(lines.slice(0, 4)).toEqual([
      'parameter,row,column,value',
      '1.dense.weights,0,0,0.1',
      '1.dense.weights,0,1,-2.5',
      '1.dense.weights,1,0,0.33333334',
    ])
    expect(lines.slice(7, 9)).toEqual(['1.dense.bias,0,,-0', '1.dense.bias,1,,1e-45'])
    expect(lines).toHaveLength(1 + 6 + 2 + 2 + 1 + 1)
  })
})

describe('the shortest decimal', () => {
  it('reads back as the same float32, and no shorter one does', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const decimal = shortestFloat32(value)
        expect(Object.is(Math.fround(Number(decimal)), value)).toBe(true)
        const digits = decimal
          .replace(/e.*/, '')
          .replace(/[-.]/g, '')
          .replace(/^0+|0+$/g, '').length
        if (digits > 1) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value)
      }),
      { numRuns: 5000, seed: 1 },
    )
  })
})

describe('an unknown format', () => {
  it('is answered with the nearest one', () => {
    expect(errorOf(() => exporters.get('safetensor')).advice).toContain('Did you mean "safetensors"?')
    expect(exporters.list.map((kind) => kind.type)).toEqual(['safetensors', 'npz', 'json', 'csv'])
  })
})

const numpyFile =
  'UEsDBBQAAAAAAAAAIQB6jBgbkAAAAJAAAAAFABQAdy5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCAyKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAADAPwAAAMDNzMw9AABAQFBLAwQUAAAAAAAAACEAKlvYCIQAAACEAAAABQAUAHMubnB5AQAQAIQAAAAAAAAAhAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAA4EBQSwECFAMUAAAAAAAAACEAeowYG5AAAACQAAAABQAAAAAAAAAAAAAAgAEAAAAAdy5ucHlQSwECFAMUAAAAAAAAACEAKlvYCIQAAACEAAAABQAAAAAAAAAAAAAAgAHHAAAAcy5ucHlQSwUGAAAAAAIAAgBmAAAAggEAAAAA'

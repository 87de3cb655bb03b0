import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { renderToString } from 'katex'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldsOf } from '../../../core/catalog/form'
import { LabError } from '../../../core/errors/lab-error'
import { rooms } from './tables'

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const camel = (name: string): string => name.replace(/-./g, (pair) => pair[1]!.toUpperCase())
const folder = (room: string): URL => new URL(`../../../core/${room}/`, import.meta.url)

function errorOf(run: () => unknown): LabError {
  try {
    run()
  } catch (error) {
    if (error instanceof LabError) return error
  }
  throw new Error('expected a LabError')
}

const kinds = rooms.flatMap(({ room, registry }) => registry.list.map((kind) => ({ room, registry, kind })))

describe.each(kinds)('$room: $kind.type', ({ room, registry, kind }) => {
  it('tells its label, help, formula and source in full', () => {
    for (const text of [kind.label, kind.help, kind.formula, kind.source]) expect(text.trim()).toBe(text)
    expect(kind.label.length).toBeGreaterThan(0)
    expect(kind.help).toMatch(/^[A-ZÀ-Ž].{20,}\.$/)
    expect(kind.source).toMatch(/\d{4}/)
  })

  it('has a formula that KaTeX can set', () => {
    expect(
      renderToString(kind.formula, { displayMode: true, throwOnError: true, strict: 'ignore' }),
    ).toContain('katex')
  })

  it('lives in the file, and under the name, that its type says', () => {
    const file = kebab(kind.type)
    expect(existsSync(new URL(`${file}.ts`, folder(room)))).toBe(true)
    const line = `export { ${camel(kind.type)} } from './${file}'`
    expect(readFileSync(new URL('kinds.ts', folder(room)), 'utf8').split('\n')).toContain(line)
  })

  it('has defaults that are valid and complete', () => {
    const entry = registry.create(kind.type)
    const { type, ...config } = entry
    expect(type).toBe(kind.type)
    expect(Object.keys(config)).toEqual(fieldsOf(kind).map((field) => field.name))
    expect(Object.values(config)).not.toContain(undefined)
    expect(registry.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry)
  })

  it('has a form whose every field has its own label, a help, a fallback and bounds', () => {
    for (const field of fieldsOf(kind)) {
      expect(field.label, field.name).not.toBe(field.name)
      expect(field.help, field.name).toMatch(/^\S.{10,}\.$/)
      expect(field.fallback, field.name).toBeDefined()
      if (['integer', 'number'].includes(field.control)) {
        expect(field.minimum, field.name).toBeDefined()
        expect(field.maximum, field.name).toBeLessThan(Number.MAX_SAFE_INTEGER)
      }
      if (field.control === 'choice') expect(field.choices).toContain(field.fallback)
      expect(field.control).not.toBe('text')
    }
  })

  it('refuses a setting that it does not have', () => {
    const error = errorOf(() => registry.parse({ type: kind.type, unitz: 3 }, 'here'))
    expect(error.code).toBe('bad-setting')
    expect(error.place.path).toBe('here.unitz')
  })

  it('can be described as JSON Schema', () => {
    expect(z.toJSONSchema(kind.schema, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: false,
    })
  })
})

describe.each(rooms)('$room', ({ room, registry, exported }) => {
  it('has every kind of its kinds.ts once, in an order without ties', () => {
    expect(registry.list.length).toBe(Object.keys(exported).length)
    expect(new Set(registry.list.map((kind) => kind.type)).size).toBe(registry.list.length)
    expect(new Set(registry.list.map((kind) => kind.order)).size).toBe(registry.list.length)
    expect(new Set(registry.list.map((kind) => kind.label)).size).toBe(registry.list.length)
  })

  it('has no file of a kind that kinds.ts forgot', () => {
    const listed = readFileSync(new URL('kinds.ts', folder(room)), 'utf8')
    for (const file of readdirSync(folder(room)).filter((name) => name.endsWith('.ts'))) {
      const makesKind = /^\s+type: '/m.test(readFileSync(new URL(file, folder(room)), 'utf8'))
      if (makesKind) expect(listed).toContain(`'./${file.replace('.ts', '')}'`)
    }
  })

  it('suggests the nearest kind for a misspelt one', () => {
    for (const { type } of registry.list.filter((kind) => kind.type.length > 4)) {
      const misspelt = type + type.at(-1)
      const error = errorOf(() => registry.get(misspelt, 'here.type'))
      expect([error.code, error.place.path]).toEqual(['unknown-kind', 'here.type'])
      expect(error.advice).toContain(`"${type}"`)
    }
  })
})

describe('a typo', () => {
  const layers = rooms[0]!.registry
  it('in a layer’s name is answered with the right one', () => {
    expect(errorOf(() => layers.parse({ type: 'dence' })).advice).toContain('Did you mean "dense"?')
    expect(errorOf(() => layers.parse({ type: 'zzzzzzzz' })).advice).toContain('Take one of: dense')
  })

  it('in a setting is answered with the right one, and bad values with their field', () => {
    expect(errorOf(() => layers.parse({ type: 'dense', unit: 3 })).advice).toBe('Did you mean "units"?')
    const error = errorOf(() => layers.parse({ type: 'dense', units: 0 }, 'network.0'))
    expect([error.code, error.place.path]).toEqual(['bad-setting', 'network.0.units'])
  })
})

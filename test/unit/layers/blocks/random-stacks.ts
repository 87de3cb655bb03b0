import * as fc from 'fast-check'
import { fieldsOf, type FormField } from '../../../../core/catalog/form'
import { LabError } from '../../../../core/errors/lab-error'
import type { LayerEntry } from '../../../../core/experiment/schema'
import { sizeOf, type Shape } from '../../../../core/graph/shape'
import { layerGroups, type LayerKind } from '../../../../core/layers/layer'
import { layers } from '../../../../core/layers/registry'
import { resolveLayer } from '../../../../core/network/resolve'

/** Columns of the data: many numbers divide it, so that it can be given many shapes. */
export const columns = 12
export const target = { type: 'category', column: 'y', classes: ['a', 'b', 'c'] } as const

/** Whole numbers that decide everything about a stack; what is asked for beyond the end is 0. */
class Choices {
  private at = 0
  constructor(private readonly numbers: readonly number[]) {}

  below(count: number): number {
    return (this.numbers[this.at++] ?? 0) % count
  }

  of<T>(options: readonly T[]): T {
    return options[this.below(options.length)]!
  }

  get left(): boolean {
    return this.at < this.numbers.length
  }
}

/** Every kind by its group; a group is drawn first, or activations would be most of it. */
const groups = layerGroups.map((group) => layers.list.filter((kind) => !kind.fixed && kind.group === group))
const shapes = [[4, 3], [12, 1], [2, 2, 3], [3, 4, 1], [6, 2], [12]]

/** A value for each kind of control; numbers keep to their default, since what is sensible differs. */
function valueFor(field: FormField, choices: Choices, depth: number): unknown {
  if (field.control === 'integer') return (field.minimum ?? 0) + choices.below(4)
  if (field.control === 'switch') return choices.below(2) === 1
  if (field.control === 'choice') return choices.of(field.choices!)
  if (field.name === 'shape') return choices.of(shapes)
  if (field.control !== 'layers') return field.fallback
  const list = () => Array.from({ length: 1 + choices.below(2) }, () => entryFrom(choices, depth + 1))
  return field.name === 'branches' ? [list(), list()] : list()
}

function entryFrom(choices: Choices, depth = 0): LayerEntry {
  const shallow = groups.filter((group) => group.every((kind) => kind.branches === undefined))
  return entryOf(choices.of(choices.of(depth < 2 ? groups : shallow)), choices, depth)
}

function entryOf(kind: LayerKind, choices: Choices, depth = 0): LayerEntry {
  const settings = fieldsOf(kind).map((field) => [field.name, valueFor(field, choices, depth)] as const)
  return { type: kind.type, ...Object.fromEntries(settings) }
}

/** The entry's output, or nothing where it does not fit or would be slow to try. */
function outputOf(entry: LayerEntry, input: Shape): Shape | undefined {
  try {
    const { output } = resolveLayer(
      { layers: [entry, { type: 'output' }], inputs: columns, target },
      0,
      input,
    )
    return sizeOf(output) <= 200 ? output : undefined
  } catch (error) {
    if (error instanceof LabError) return undefined
    throw error
  }
}

/** Up to eight layers that fit, one of `kind` among them or inside a block; the last ones make a list of numbers and the output. */
function stackWith(kind: LayerKind, numbers: readonly number[]): LayerEntry[] {
  const choices = new Choices(numbers)
  const wanted = entryOf(kind, choices)
  const stack = beginningFor(wanted, choices.below(2) === 1)
  let shape = stack.reduce<Shape>((input, entry) => outputOf(entry, input) ?? input, [columns])
  while (choices.left && stack.length < 6) {
    const entry = entryFrom(choices)
    const output = outputOf(entry, shape)
    if (!output) continue
    stack.push(entry)
    shape = output
  }
  if (shape.length > 1) stack.push({ type: 'flatten' })
  return [...stack, { type: 'output' }]
}

/** A block that takes what `entry` takes, and gives as much. */
const blockAround = (entry: LayerEntry): LayerEntry => ({
  type: 'parallel',
  join: 'average',
  branches: [[entry], [{ type: 'linear' }, entry]],
})

/** The wanted layer, after a reshape to the first shape that it takes; with its own defaults if it takes none. */
function beginningFor(wanted: LayerEntry, inBlock: boolean): LayerEntry[] {
  for (const own of [wanted, layers.create(wanted.type)]) {
    const entry = inBlock ? blockAround(own) : own
    for (const shape of shapes) if (outputOf(entry, shape)) return [{ type: 'reshape', shape }, entry]
  }
  throw new Error(`no shape suits ${wanted.type}`)
}

const numbers = fc.array(fc.nat({ max: 10_000 }), { minLength: 10, maxLength: 80 })

export const stacksWith = (kind: LayerKind) => numbers.map((drawn) => stackWith(kind, drawn))

/** All ways in which a stack can be wrong that are tried. */
export const waysToSpoil = (): string[] => Object.keys(spoilings)

/** Ways to spoil a stack, each with the index of the layer that has to be named. */
type Spoiling = (stack: LayerEntry[], at: number) => { stack: LayerEntry[]; culprit: number }

const insert = (stack: LayerEntry[], at: number, ...entries: LayerEntry[]) => [
  ...stack.slice(0, at),
  ...entries,
  ...stack.slice(at),
]

const spoilings: Record<string, Spoiling> = {
  'an unknown layer': (stack, at) => ({ stack: insert(stack, at, { type: 'dence' }), culprit: at }),
  'an unknown setting': (stack, at) => ({
    stack: insert(stack, at, { type: 'tanh', speed: 3 }),
    culprit: at,
  }),
  'a setting out of bounds': (stack, at) => ({
    stack: insert(stack, at, { type: 'dense', units: 0 }),
    culprit: at,
  }),
  'an output in the middle': (stack, at) => ({ stack: insert(stack, at, { type: 'output' }), culprit: at }),
  'no output': (stack) => ({
    stack: [...stack.slice(0, -1), { type: 'dense', units: 2 }],
    culprit: stack.length - 1,
  }),
  'a recurrent layer on a list': (stack, at) => ({
    stack: insert(stack, at, { type: 'flatten' }, { type: 'gru' }),
    culprit: at + 1,
  }),
  'a shape that the numbers do not fill': (stack, at) => ({
    stack: insert(
      stack,
      at,
      { type: 'dense', units: 5 },
      { type: 'flatten' },
      { type: 'reshape', shape: [7, 11, 13] },
    ),
    culprit: at + 2,
  }),
  'a block whose branches do not fit together': (stack, at) => ({
    stack: insert(
      stack,
      at,
      { type: 'flatten' },
      {
        type: 'parallel',
        join: 'add',
        branches: [[{ type: 'dense', units: 2 }], [{ type: 'dense', units: 3 }]],
      },
    ),
    culprit: at + 1,
  }),
  'a convolution on a list': (stack, at) => ({
    stack: insert(stack, at, { type: 'flatten' }, { type: 'conv2d' }),
    culprit: at + 1,
  }),
  'heads that do not divide': (stack, at) => ({
    stack: insert(
      stack,
      at,
      { type: 'flatten' },
      { type: 'dense', units: 6 },
      { type: 'reshape', shape: [2, 3] },
      { type: 'self-attention', heads: 2 },
    ),
    culprit: at + 3,
  }),
  'a shape that a residual block cannot add': (stack, at) => ({
    stack: insert(
      stack,
      at,
      { type: 'flatten' },
      { type: 'residual', layers: [{ type: 'reshape', shape: [1, -1] }] },
    ),
    culprit: at + 1,
  }),
  'a bad layer in a block in a branch': (stack, at) => ({
    stack: insert(stack, at, {
      type: 'parallel',
      branches: [[{ type: 'tanh' }], [{ type: 'residual', layers: [{ type: 'dropout', rate: 2 }] }]],
    }),
    culprit: at,
  }),
  'a bad layer inside a block': (stack, at) => ({
    stack: insert(stack, at, { type: 'residual', layers: [{ type: 'tanh' }, { type: 'dense', units: -1 }] }),
    culprit: at,
  }),
}

export const invalidStacks = fc
  .tuple(
    fc.constantFrom(...groups.flat()).chain(stacksWith),
    fc.constantFrom(...Object.entries(spoilings)),
    fc.nat(),
  )
  .map(([stack, [how, spoil], place]) => ({ how, ...spoil(stack, place % stack.length) }))

import { strFromU8, strToU8 } from 'fflate'
import type { ExportKind, NamedArray, TrainedModel } from './export'
import { damaged, namedArray } from './floats'
import { shortestFloat32 } from './shortest'

const axisNames = (rank: number): string[] =>
  Array.from({ length: rank }, (_, axis) => ['row', 'column'][axis] ?? `axis${axis + 1}`)

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** One line a number, the last axis running fastest; axes that an array does not have stay empty. */
function linesOf({ name, shape, values }: NamedArray, rank: number): string[] {
  const quoted = quote(name)
  const index = new Array<number>(shape.length).fill(0)
  return Array.from(values, (value) => {
    const cells = Array.from({ length: rank }, (_, axis) => index[axis] ?? '')
    const line = [quoted, ...cells, shortestFloat32(value)].join(',')
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0
    return line
  })
}

function write({ parameters }: TrainedModel): Uint8Array {
  const rank = Math.max(2, ...parameters.map(({ shape }) => shape.length))
  const head = ['parameter', ...axisNames(rank), 'value'].join(',')
  return strToU8([head, ...parameters.flatMap((array) => linesOf(array, rank)), ''].join('\n'))
}

/** A name, quoted or not, the indexes and the number. Names may hold commas, quotes and line breaks. */
const linePattern = /(?:"((?:[^"]|"")*)"|([^",\n]*)),([\d,]*),([^,\n]+)\n/y

interface Collected {
  shape: number[]
  readonly values: number[]
}

/** @throws LabError `file-damaged` */
function read(bytes: Uint8Array): NamedArray[] {
  const text = strFromU8(bytes)
  const start = text.indexOf('\n') + 1
  if (!text.startsWith('parameter,row,column,') || start === 0)
    throw damaged('weights as CSV', text.slice(0, 40))
  const arrays = new Map<string, Collected>()
  linePattern.lastIndex = start
  for (let at = start; at < text.length; at = linePattern.lastIndex) {
    const found = linePattern.exec(text)
    if (!found) throw damaged('a parameter, its indexes and a number', text.slice(at, at + 40))
    const [, quoted, plain, indexes, value] = found
    collect(arrays, quoted?.replaceAll('""', '"') ?? plain!, indexes!, value!)
  }
  return [...arrays].map(([name, { shape, values }]) => namedArray(name, shape, Float32Array.from(values)))
}

/** The last line of an array has its largest indexes, so it ends with the shape. */
function collect(arrays: Map<string, Collected>, name: string, indexes: string, value: string): void {
  const array = arrays.get(name) ?? { shape: [], values: [] }
  array.shape = indexes
    .split(',')
    .filter(Boolean)
    .map((index) => Number(index) + 1)
  array.values.push(Number(value))
  arrays.set(name, array)
}

export const csv: ExportKind = {
  type: 'csv',
  order: 40,
  label: 'CSV',
  help: 'One line for each number, with its parameter, row and column, for spreadsheets and statistics programs. Without the preprocessing.',
  extension: 'csv',
  write,
  read,
}

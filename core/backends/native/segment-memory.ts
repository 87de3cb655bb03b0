import type { Region } from '../../graph/op'
import { sameShape, sizeOf, type Shape } from '../../graph/shape'
import type { OnnxBuilder, OnnxValue } from './onnx-builder'
import type { OnnxTensor } from './onnx-model'

/** A tensor of the ONNX graph and its place in memory. */
export interface PlacedTensor {
  readonly tensor: OnnxTensor
  readonly region: Region
}

/** Elements `start` to `end` of a buffer are elements `at`, ... of a value once that is repeated to `shape`. */
export interface Stretch {
  readonly start: number
  readonly end: number
  readonly at: number
  readonly value: OnnxValue
  readonly shape: Shape
}

/**
 * What a plan's memory would hold while a segment's calls run, as values of an ONNX graph instead of numbers: so that
 * calls that pass numbers on by place become nodes that pass them on by name.
 */
export class SegmentMemory {
  /** What is read from memory as it was before the segment. */
  readonly inputs: PlacedTensor[] = []
  private readonly stretches = new Map<string, Stretch[]>()
  private readonly known = new Map<string, OnnxValue>()

  constructor(
    private readonly builder: OnnxBuilder,
    private readonly constantAt: (region: Region) => readonly number[] | undefined,
  ) {}

  /** A value of the region's shape. */
  read(region: Region): OnnxValue {
    const stretch = this.exact(region)
    const value = stretch ? this.builder.expand(stretch.value, stretch.shape) : this.gather(region)
    return this.builder.reshape(value, region.shape)
  }

  /** The same, but what the region repeats may be left for the reader to repeat. */
  readUnspread(region: Region): OnnxValue {
    const stretch = this.exact(region)
    return stretch && sameShape(stretch.shape, region.shape) ? stretch.value : this.read(region)
  }

  write(region: Region, value: OnnxValue): void {
    const [start, end] = [region.offset, region.offset + sizeOf(region.shape)]
    const before = this.stretches.get(region.buffer) ?? []
    const kept = before.flatMap((stretch) => without(stretch, start, end))
    this.stretches.set(region.buffer, [...kept, { start, end, at: 0, value, shape: region.shape }])
  }

  /** What has been written and not overwritten. */
  written(): { readonly buffer: string; readonly stretch: Stretch }[] {
    return [...this.stretches].flatMap(([buffer, list]) => list.map((stretch) => ({ buffer, stretch })))
  }

  /** All of a stretch as a value of its own. */
  valueOf({ start, end, at, value, shape }: Stretch): OnnxValue {
    const whole = this.builder.expand(value, shape)
    return end - start === sizeOf(shape) ? whole : this.builder.window(whole, at, at + end - start)
  }

  private exact({ buffer, offset, shape }: Region): Stretch | undefined {
    const size = sizeOf(shape)
    return this.stretches
      .get(buffer)
      ?.find(
        (stretch) =>
          stretch.start === offset &&
          stretch.end === offset + size &&
          stretch.at === 0 &&
          sizeOf(stretch.shape) === size,
      )
  }

  /** Put together from all that has been written there, and from memory where nothing has. */
  private gather({ buffer, offset, shape }: Region): OnnxValue {
    const end = offset + sizeOf(shape)
    const found = (this.stretches.get(buffer) ?? []).filter(
      (stretch) => stretch.start < end && offset < stretch.end,
    )
    if (found.length === 0) return this.input({ buffer, offset, shape })
    const parts: OnnxValue[] = []
    let reached = offset
    for (const stretch of found.sort((a, b) => a.start - b.start)) {
      if (stretch.start > reached)
        parts.push(this.input({ buffer, offset: reached, shape: [stretch.start - reached] }))
      parts.push(this.part(stretch, offset, end))
      reached = stretch.end
    }
    if (reached < end) parts.push(this.input({ buffer, offset: reached, shape: [end - reached] }))
    return parts.length === 1 ? parts[0]! : this.builder.add('Concat', parts, [end - offset], { axis: 0 })
  }

  /** What a stretch gives of elements `start` to `end`. */
  private part({ at, value, shape, ...own }: Stretch, start: number, end: number): OnnxValue {
    const [from, to] = [Math.max(start, own.start), Math.min(end, own.end)]
    const whole = this.builder.expand(value, shape)
    return this.builder.window(whole, at + from - own.start, at + to - own.start)
  }

  private input(region: Region): OnnxValue {
    const constant = this.constantAt(region)
    if (constant) return this.builder.floats(constant, region.shape)
    const key = `${region.buffer}@${region.offset}+${sizeOf(region.shape)}`
    const known = this.known.get(key)
    if (known) return known
    const tensor = { name: `x${this.inputs.length}`, shape: region.shape }
    this.inputs.push({ tensor, region })
    this.known.set(key, tensor)
    return tensor
  }
}

/** What is left of a stretch when elements `start` to `end` are overwritten. */
function without(stretch: Stretch, start: number, end: number): Stretch[] {
  if (stretch.end <= start || end <= stretch.start) return [stretch]
  const left = { ...stretch, end: start }
  const right = { ...stretch, start: end, at: stretch.at + end - stretch.start }
  return [left, right].filter((part) => part.start < part.end)
}

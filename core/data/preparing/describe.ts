import type { FittedColumn } from './fitted'
import { encoders, scales } from './registries'

/** What became of one column: for a line of a table. */
export interface PreparedNote {
  readonly column: string
  /** Network inputs that it gives. */
  readonly inputs: number
  /** Step by step, with what was fitted. */
  readonly steps: string
}

const shown = (value: number): string => String(Number(value.toPrecision(4)))

const dayOf = (value: number): string => new Date(Math.round(value * 86_400_000)).toISOString().slice(0, 10)

function fillWords({ fill, type, labels, unseen, rare }: FittedColumn): string[] {
  const unit = type === 'date' ? dayOf : labels ? (value: number) => labels[value] ?? shown(value) : shown
  const value =
    fill === null ? (type === 'text' ? 'no words' : 'none') : typeof fill === 'number' ? unit(fill) : fill
  return [
    `missing: ${value}`,
    ...(rare ? [`${rare.length} rare put together`] : []),
    ...(unseen ? [`unseen as ${unseen === 'fill' ? 'missing' : unseen}`] : []),
  ]
}

function clipWords({ clip, type }: FittedColumn): string[] {
  if (!clip) return []
  const unit = type === 'date' ? dayOf : shown
  return [`kept from ${unit(clip.low)} to ${unit(clip.high)}`]
}

/** Tells what was fitted for a column, from its first step to its last. */
export function describePrepared(fitted: FittedColumn): PreparedNote {
  const { column, width, encode, scales: fittedScales, indicator } = fitted
  const encoder = encoders.get(encode.type)
  const names = new Set(fittedScales?.map(({ type }) => scales.get(type).label) ?? [])
  const steps = [
    ...fillWords(fitted),
    ...(indicator === undefined ? [] : ['told by an input']),
    ...clipWords(fitted),
    ...(encode.type === 'number' ? [] : [encoder.label]),
    ...[...names].map((label) => (label === scales.get('none').label ? 'as is' : `scale: ${label}`)),
  ]
  return { column, inputs: width + (indicator === undefined ? 0 : 1), steps: steps.join(' · ') }
}

import { z } from 'zod'
import { byCodePoint } from '../../text-order'

/** How a text is cut into terms; the vocabulary is what the training rows hold of them. */
export interface TermSettings extends Record<string, unknown> {
  readonly unit: 'word' | 'character'
  readonly shortest: number
  readonly longest: number
  readonly lowerCase: boolean
  readonly limit: number
  readonly minimum: number
}

export interface Cutting extends Record<string, unknown> {
  readonly unit: 'word' | 'character'
  readonly shortest: number
  readonly longest: number
  readonly lowerCase: boolean
}

export interface Vocabulary extends Cutting {
  /** By code point. */
  readonly terms: readonly string[]
}

const length = (label: string, help: string) => z.int().min(1).max(5).default(1).meta({ label, help })

export const termSchema = z
  .strictObject({
    unit: z.enum(['word', 'character']).default('word').meta({
      label: 'Unit',
      help: 'Words of two letters or more, or single characters, which also know endings and misspellings.',
    }),
    shortest: length('Shortest run', 'Units that follow each other in the shortest terms.'),
    longest: length('Longest run', 'Units in the longest terms: with 2, pairs of neighbours count too.'),
    lowerCase: z.boolean().default(true).meta({
      label: 'Lower case',
      help: 'Takes “Hello” and “hello” for one word.',
    }),
    limit: z.int().min(1).max(20_000).default(1000).meta({
      label: 'Most terms',
      help: 'Size of the vocabulary, which is the number of inputs: the most frequent terms of the training rows.',
    }),
    minimum: z.int().min(1).default(1).meta({
      label: 'Fewest rows',
      help: 'Terms in fewer training rows are left out.',
      advanced: true,
    }),
  })
  .refine(({ shortest, longest }) => shortest <= longest, {
    message: 'a longest run that is not below the shortest',
    path: ['longest'],
  })

export const vocabularySchema = {
  unit: z.enum(['word', 'character']),
  shortest: z.number(),
  longest: z.number(),
  lowerCase: z.boolean(),
  terms: z.array(z.string()),
}

const words = /[\p{L}\p{N}_]{2,}/gu

function unitsOf(text: string, { unit, lowerCase }: Cutting): readonly string[] {
  const plain = lowerCase ? text.toLowerCase() : text
  return unit === 'word' ? (plain.match(words) ?? []) : [...plain.replace(/\s\s+/g, ' ')]
}

/** The terms of a text, each as often as it stands there. */
export function termsOf(text: string, cutting: Cutting): string[] {
  const units = unitsOf(text, cutting)
  const joint = cutting.unit === 'word' ? ' ' : ''
  const terms: string[] = []
  for (let size = cutting.shortest; size <= cutting.longest; size++)
    for (let at = 0; at + size <= units.length; at++) terms.push(units.slice(at, at + size).join(joint))
  return terms
}

interface Use {
  /** Times that the term stands somewhere. */
  uses: number
  /** Rows that have it. */
  rows: number
}

/** The vocabulary of the training rows, and how many rows have each term. */
export function findTerms(
  texts: readonly string[],
  counts: Float64Array,
  { limit, minimum, ...cutting }: TermSettings,
): { vocabulary: Vocabulary; rows: number[] } {
  const found = new Map<string, Use>()
  texts.forEach((text, i) => {
    const terms = termsOf(text, cutting)
    for (const term of terms) {
      const use = found.get(term)
      if (use) use.uses += counts[i]!
      else found.set(term, { uses: counts[i]!, rows: 0 })
    }
    for (const term of new Set(terms)) found.get(term)!.rows += counts[i]!
  })
  const kept = [...found]
    .filter(([, { rows }]) => rows >= minimum)
    .sort(([a, { uses: usesA }], [b, { uses: usesB }]) => usesB - usesA || byCodePoint(a, b))
    .slice(0, limit)
    .sort(([a], [b]) => byCodePoint(a, b))
  return {
    vocabulary: { ...cutting, terms: kept.map(([term]) => term) },
    rows: kept.map(([, { rows }]) => rows),
  }
}

/** Gives what counts the terms of a text: places in the vocabulary, ascending, and how often each stands there. */
export function termCounter(vocabulary: Vocabulary): (text: string) => {
  places: Uint32Array
  values: Float64Array
} {
  const placeOf = new Map(vocabulary.terms.map((term, place) => [term, place]))
  return (text) => {
    const counts = new Map<number, number>()
    for (const term of termsOf(text, vocabulary)) {
      const place = placeOf.get(term)
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1)
    }
    const places = Uint32Array.from(counts.keys()).sort()
    return { places, values: Float64Array.from(places, (place) => counts.get(place)!) }
  }
}

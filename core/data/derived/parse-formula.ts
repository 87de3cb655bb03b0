import { create, parseDependencies, type MathNode } from 'mathjs/number'
import { LabError } from '../../errors/lab-error'

/** The parser alone, which evaluates nothing and reaches nothing outside. */
const { parse } = create(parseDependencies!)

/** Letters that no text has: a name in backticks is read as one name made of them, as long as it stands in the text. */
const firstLetter = 0xe000
const lastLetter = 0xf8ff

interface LetterTest {
  isAlpha(character: string, before: string, after: string): boolean
}
const letters = parse as unknown as LetterTest
const usual = letters.isAlpha.bind(parse)
const isName = /[\p{L}\p{M}\uE000-\uF8FF]/u
letters.isAlpha = (character, before, after) => isName.test(character) || usual(character, before, after)

export interface ParsedFormula {
  readonly node: MathNode
  /** The name that a symbol stands for: itself, or what stood in backticks. */
  nameOf(symbol: string): string
}

/**
 * Reads a formula: numbers, names of columns (in backticks where they hold spaces or signs), operators, functions. Nothing
 * is computed.
 * @throws LabError `bad-formula` with the place in the text
 */
export function parseFormula(formula: string): ParsedFormula {
  const names: string[] = []
  const text = formula.replace(/`([^`]*)`/g, (whole, name: string) => {
    const letter = String.fromCharCode(Math.min(firstLetter + names.push(name) - 1, lastLetter))
    return letter.repeat(whole.length)
  })
  try {
    return { node: parse(text), nameOf: (symbol) => names[symbol.charCodeAt(0) - firstLetter] ?? symbol }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { char = 1 } = error as SyntaxError & { char?: number }
    throw formulaError(formula, char, 'a formula such as a / b, with names of columns', {
      advice: 'Correct it there. Names with spaces or signs stand in backticks: `petal length`.',
    })
  }
}

/** The help page of a formula, with the place in it, from 1. */
export function formulaError(
  formula: string,
  at: number,
  expected: string,
  { advice, code = 'bad-formula' }: { advice: string; code?: string },
): LabError {
  const place = Math.max(1, at)
  const rest = formula.slice(place - 1, place + 19)
  const where = rest.trim() === '' ? 'at its end' : `at character ${place}: "${rest}"`
  return new LabError({ code, expected, came: `"${formula}", ${where}`, advice })
}

/** Where a word stands in a formula, from 1. */
export const placeOf = (formula: string, word: string): number => formula.indexOf(word) + 1

import type {
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  RelationalNode,
  SymbolNode,
} from 'mathjs/number'
import { suggest } from '../../catalog/suggest'
import { isCoded, type Column } from '../table'
import type { DerivedContext } from './derived-kind'
import { formulaConstants, formulaFunctions, formulaOperators, type FormulaFunction } from './functions'
import { formulaError, parseFormula, placeOf } from './parse-formula'

/** Reads a value of one row; NaN is missing. */
type Reader = (row: number) => number

interface Part {
  readonly read: Reader
  readonly isYesNo: boolean
}

export interface CompiledFormula {
  /** Columns that it reads, each once. */
  readonly columns: readonly string[]
  /** It answers a question: 0 is no and 1 is yes. */
  readonly isYesNo: boolean
  /** NaN where a value that it needs is missing, and where there is no finite result, as for 1 / 0. */
  readonly read: Reader
}

/**
 * A formula as a function of the row, over columns by name. It can do nothing but compute: what the parser knows beyond
 * numbers, columns, operators and the functions in `functions.ts` is refused.
 * @throws LabError `bad-formula` with the place in the formula
 */
export function compileFormula(
  formula: string,
  columns: readonly Column[],
  origin: DerivedContext['origin'] = 'own',
): CompiledFormula {
  const { node, nameOf } = parseFormula(formula)
  const compiler = new FormulaCompiler(formula, columns, origin, nameOf)
  const { read, isYesNo } = compiler.part(node)
  const finite: Reader = (row) => {
    const value = read(row)
    return Number.isFinite(value) ? value : NaN
  }
  return { columns: [...compiler.used], isYesNo, read: finite }
}

class FormulaCompiler {
  readonly used = new Set<string>()

  constructor(
    private readonly formula: string,
    private readonly columns: readonly Column[],
    private readonly origin: DerivedContext['origin'],
    private readonly nameOf: (symbol: string) => string,
  ) {}

  /** Each kind of node that a formula may hold. */
  private readonly kinds: Readonly<Record<string, (node: never) => Part>> = {
    ConstantNode: (node: ConstantNode) => this.constant(node),
    SymbolNode: (node: SymbolNode) => this.symbol(this.nameOf(node.name), node.name),
    ParenthesisNode: (node: MathNode & { content: MathNode }) => this.part(node.content),
    OperatorNode: (node: OperatorNode) => this.operator(node),
    FunctionNode: (node: FunctionNode) => this.call(node),
    RelationalNode: (node: RelationalNode) => this.relation(node),
    ConditionalNode: (node: MathNode & Record<'condition' | 'trueExpr' | 'falseExpr', MathNode>) =>
      this.apply(formulaFunctions['if']!, [node.condition, node.trueExpr, node.falseExpr]),
  }

  part(node: MathNode): Part {
    const compile = this.kinds[node.type]
    if (compile) return compile(node as never)
    throw this.error(node.toString(), 'one formula of numbers, columns, operators and functions', {
      advice: 'Write what is to be computed alone, without assignments, lists or properties.',
    })
  }

  private constant({ value }: ConstantNode): Part {
    if (typeof value === 'number') return { read: () => value, isYesNo: false }
    if (typeof value === 'boolean') return { read: () => Number(value), isYesNo: true }
    if (typeof value === 'string' && this.find(value)) return this.column(value)
    throw this.error(String(value ?? ''), 'a number or a column', {
      advice:
        typeof value === 'string'
          ? 'Words can only be compared with a column of categories, such as colour == "red".'
          : 'Write a formula such as a / b.',
    })
  }

  private symbol(name: string, symbol: string): Part {
    if (this.find(name)) return this.column(name)
    const constant = Object.hasOwn(formulaConstants, name) ? formulaConstants[name] : undefined
    if (constant !== undefined && name === symbol) return { read: () => constant, isYesNo: false }
    const names = this.columns.map((column) => column.name)
    const near = suggest(name, names)
    throw this.error(name, 'a column of the table, or one computed before', {
      advice: near ? `Did you mean ${quoted(near)}?` : `The columns are: ${names.map(quoted).join(', ')}.`,
    })
  }

  private column(name: string): Part {
    const column = this.find(name)!
    this.used.add(name)
    if (!isCoded(column)) {
      const { values, type } = column
      return { read: (row) => values[row]!, isYesNo: type === 'boolean' }
    }
    // A column without a single filled cell has no type of its own.
    if (column.levels.length === 0) return { read: () => NaN, isYesNo: false }
    throw this.error(name, 'a column of numbers, yes/no or dates', {
      advice: `${quoted(name)} holds words: compare them, as in ${quoted(name)} == "${column.levels[0]}".`,
    })
  }

  private operator({ fn, args }: OperatorNode): Part {
    const operator = formulaOperators[fn]
    if (!operator || !Object.hasOwn(formulaOperators, fn))
      throw this.error('', `an operator such as + - * / ^ % < == and or not, not "${String(fn)}"`, {
        advice: 'Take a function in its place, or another operator.',
      })
    if (fn === 'equal' || fn === 'unequal') {
      const words = this.words(args, fn === 'equal')
      if (words) return words
    }
    return this.apply(operator, args)
  }

  private relation({ conditionals, params }: RelationalNode): Part {
    const values = params.map((param) => this.part(param).read)
    const tests = conditionals.map((name) => formulaOperators[name]!.of)
    const read: Reader = (row) => {
      const numbers = values.map((value) => value(row))
      if (numbers.some(Number.isNaN)) return NaN
      return Number(tests.every((test, i) => test(numbers[i]!, numbers[i + 1]!) === 1))
    }
    return { read, isYesNo: true }
  }

  private call(node: FunctionNode): Part {
    const name = node.fn.name
    if (name === 'col') return this.named(node)
    const known = Object.hasOwn(formulaFunctions, name) ? formulaFunctions[name] : undefined
    if (!known) {
      const near = suggest(name, Object.keys(formulaFunctions))
      throw this.error(name, `one of the functions ${Object.keys(formulaFunctions).join(', ')}, col`, {
        advice: near ? `Did you mean ${near}?` : 'Write it with these and with operators.',
      })
    }
    const { least, most } = known
    if (node.args.length < least || node.args.length > most)
      throw this.error(name, `${least === most ? least : `${least} to ${most}`} arguments of ${name}`, {
        advice: `${name}: ${known.help}.`,
      })
    return this.apply(known, node.args)
  }

  /** col("name") */
  private named({ args: [first] }: FunctionNode): Part {
    const name = first?.type === 'ConstantNode' ? (first as ConstantNode).value : undefined
    if (typeof name === 'string') return this.symbol(name, '')
    throw this.error('col', 'the name of a column in quotes, as in col("petal length")', {
      advice: 'Write the name in quotes.',
    })
  }

  private apply(
    { of, seesMissing, isYesNo = false }: Omit<FormulaFunction, 'help' | 'least' | 'most'>,
    args: readonly MathNode[],
  ): Part {
    const [a, b, ...more] = args.map((arg) => this.part(arg).read)
    if (!seesMissing && a && !b) return { read: (row) => orMissing(a(row), of), isYesNo }
    if (!seesMissing && a && b && more.length === 0)
      return {
        read: (row) => {
          const [x, y] = [a(row), b(row)]
          return Number.isNaN(x) || Number.isNaN(y) ? NaN : of(x, y)
        },
        isYesNo,
      }
    const all = [a!, ...(b ? [b] : []), ...more]
    const read: Reader = (row) => {
      const values = all.map((value) => value(row))
      return !seesMissing && values.some(Number.isNaN) ? NaN : of(...values)
    }
    return { read, isYesNo }
  }

  /** A column of words compared with a word; nothing where no side is such a column. */
  private words(args: readonly MathNode[], whenSame: boolean): Part | undefined {
    const sides = args.map((arg) => ({ column: this.wordColumn(arg), word: wordOf(arg) }))
    const [column] = sides.flatMap((side) => side.column ?? [])
    const [word] = sides.flatMap((side) => (side.column === undefined ? (side.word ?? []) : []))
    if (!column || word === undefined) return undefined
    this.used.add(column.name)
    const { codes, levels } = column
    const wanted = levels.indexOf(word)
    if (wanted < 0 && this.origin === 'own')
      throw this.error(word, `one of the words of ${quoted(column.name)}`, {
        advice: `They are: ${levels.slice(0, 12).join(', ')}${levels.length > 12 ? ', …' : ''}.`,
      })
    return {
      read: (row) => (codes[row]! < 0 ? NaN : Number((codes[row] === wanted) === whenSame)),
      isYesNo: true,
    }
  }

  private wordColumn(node: MathNode) {
    const name =
      node.type === 'SymbolNode'
        ? this.nameOf((node as SymbolNode).name)
        : node.type === 'FunctionNode' && (node as FunctionNode).fn.name === 'col'
          ? wordOf((node as FunctionNode).args[0])
          : undefined
    const column = name === undefined ? undefined : this.find(name)
    return column && isCoded(column) ? column : undefined
  }

  private find(name: string): Column | undefined {
    return this.columns.find((column) => column.name === name)
  }

  private error(word: string, expected: string, { advice }: { advice: string }): Error {
    return formulaError(this.formula, placeOf(this.formula, word), expected, { advice })
  }
}

const orMissing = (value: number, of: (value: number) => number): number =>
  Number.isNaN(value) ? NaN : of(value)

function wordOf(node: MathNode | undefined): string | undefined {
  const value: unknown = node?.type === 'ConstantNode' ? (node as ConstantNode).value : undefined
  return typeof value === 'string' ? value : undefined
}

/** As it is written in a formula. */
export const quoted = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``

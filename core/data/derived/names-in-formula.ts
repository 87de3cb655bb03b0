import type { ConstantNode, FunctionNode, MathNode, SymbolNode } from 'mathjs/number'
import { formulaConstants } from './functions'
import { parseFormula } from './parse-formula'

/**
 * Names of columns in a formula, read without a table: symbols that are no constants, and what `col("…")` names.
 * @param known columns: one that is called like a constant, or stands in quotes, is told by its name
 * @throws LabError `bad-formula`
 */
export function namesIn(formula: string, known: readonly string[]): string[] {
  const { node, nameOf } = parseFormula(formula)
  const names = new Set<string>()
  const visit = (each: MathNode, path: string | null): void => {
    if (each.type === 'SymbolNode' && path !== 'fn') {
      const symbol = (each as SymbolNode).name
      const name = nameOf(symbol)
      const isConstant = name === symbol && Object.hasOwn(formulaConstants, name)
      if (!isConstant || known.includes(name)) names.add(name)
    }
    if (each.type === 'ConstantNode') {
      const value: unknown = (each as ConstantNode).value
      if (typeof value === 'string' && known.includes(value)) names.add(value)
    }
    if (each.type === 'FunctionNode' && (each as FunctionNode).fn.name === 'col') {
      const value: unknown = ((each as FunctionNode).args[0] as ConstantNode | undefined)?.value
      if (typeof value === 'string') names.add(value)
    }
    each.forEach((child, at) => visit(child, at))
  }
  visit(node, null)
  return [...names]
}

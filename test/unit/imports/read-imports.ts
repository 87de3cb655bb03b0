import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { Import } from './import-rules'

const SKIPPED = new Set(['node_modules', 'output', 'kernels', 'generated'])

/** Every source file below a folder, relative to the root, with slashes. */
export function sourceFiles(root: string, folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(root, file)
    return /\.(ts|mjs|cjs|js|vue)$/.test(entry.name) ? [file] : []
  })
}

/** The script of a component, or the whole of any other file. */
export function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.vue')) return text
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
}

/** All that a file imports: statements, re-exports, `import()`, `require()` and types by `import('…')`. */
export function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file + '.ts', scriptOf(file, text), ts.ScriptTarget.Latest)
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const imported = importOf(node)
    if (imported) found.push(imported)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, isTypeImport(node.importClause))
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly)
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, true)
  if (!ts.isCallExpression(node)) return undefined
  const { expression } = node
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require')
  return loads ? named(node.arguments[0], false) : undefined
}

/** `import type …`, or every name in the braces is a type. */
function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
}

const named = (node: ts.Node | undefined, typeOnly: boolean): Import | undefined =>
  node && ts.isStringLiteralLike(node) ? { from: node.text, typeOnly } : undefined

/** Lines on which a file asks for `Math.random`, by whatever spelling; comments and strings do not count. */
export function mathRandomLines(file: string, text: string): number[] {
  const source = ts.createSourceFile(file + '.ts', scriptOf(file, text), ts.ScriptTarget.Latest, true)
  const lines: number[] = []
  const visit = (node: ts.Node): void => {
    if (isMathRandom(node)) lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return lines
}

function isMathRandom(node: ts.Node): boolean {
  const isMath = (owner: ts.Node | undefined) =>
    owner !== undefined && ts.isIdentifier(owner) && owner.text === 'Math'
  if (ts.isPropertyAccessExpression(node)) return isMath(node.expression) && node.name.text === 'random'
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression
    return isMath(node.expression) && ts.isStringLiteralLike(key) && key.text === 'random'
  }
  if (!ts.isBindingElement(node) || !ts.isIdentifier(node.propertyName ?? node.name)) return false
  const declared = node.parent.parent
  return (
    (node.propertyName ?? node.name).getText() === 'random' &&
    ts.isVariableDeclaration(declared) &&
    isMath(declared.initializer)
  )
}

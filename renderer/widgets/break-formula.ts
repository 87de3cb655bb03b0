/**
 * A formula in LaTeX with what stands beside each other, divided by `, \quad`, put under each other: for narrow places.
 * What is inside braces or an inner environment stays together.
 */
export function breakFormula(latex: string): string {
  const aligned = /^\\begin\{aligned\}([\s\S]*)\\end\{aligned\}$/.exec(latex.trim())?.[1]
  const parts = split(aligned ?? latex)
  if (parts.length === 1) return latex
  return aligned === undefined
    ? String.raw`\begin{gathered} ${parts.join(String.raw`, \\ `)} \end{gathered}`
    : String.raw`\begin{aligned} ${parts.join(String.raw`, \\ &\quad `)} \end{aligned}`
}

function split(latex: string): string[] {
  const parts = ['']
  let depth = 0
  for (const token of latex.match(
    /, *\\q?quad(?![a-z])|\\begin|\\end|\\left(?![a-z])|\\right(?![a-z])|\\.|[\s\S]/g,
  ) ?? []) {
    if (token === '{' || token === '\\begin' || token === '\\left') depth++
    if (token === '}' || token === '\\end' || token === '\\right') depth--
    if (depth === 0 && token.startsWith(',') && token.length > 1) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.map((part) => part.trim())
}

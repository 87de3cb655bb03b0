/**
 * A help page for the person at the keyboard: what was expected, what came, what to do.
 * (The lab's own `LabError` is TypeScript and not built yet when these programs run.)
 */
export class SetupError extends Error {
  /** @param {{ title: string, expected: string, came: string, advice: string }} page */
  constructor({ title, expected, came, advice }) {
    super(title)
    this.name = 'SetupError'
    this.expected = expected
    this.came = came
    this.advice = advice
  }
}

/** @param {string} text */
const indent = (text) => text.trimEnd().split('\n').join('\n              ')

/**
 * The page as text. Anything that is not a help page is a defect of these programs and shows its stack.
 * @param {unknown} error
 */
export function helpText(error) {
  if (!(error instanceof SetupError)) return error instanceof Error ? String(error.stack) : String(error)
  return [
    '',
    `✗ ${error.message}`,
    '',
    `  expected    ${indent(error.expected)}`,
    `  what came   ${indent(error.came)}`,
    `  what to do  ${indent(error.advice)}`,
    '',
  ].join('\n')
}

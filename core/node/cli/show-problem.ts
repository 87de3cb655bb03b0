import { formatHelpPage, type HelpPage } from '../../errors/lab-error'
import type { CliContext } from './context'
import { painter } from './terminal'

/** Writes a help page to standard error, and with --json also as an object to standard output. */
export function showProblem(context: Pick<CliContext, 'terminal' | 'record'>, page: HelpPage): void {
  const paint = painter(context.terminal.colours)
  context.terminal.err(`${paint('red', `nabla: ${page.code}`)}\n${formatHelpPage(page)}\n`)
  context.record({ type: 'error', ...page })
}

import type { CommanderError } from 'commander'
import type { HelpPage } from '../../errors/lab-error'

/** What commander found wrong with the words typed, as a help page. */
export function usageProblem(error: CommanderError): HelpPage {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n')
  const hint = rest
    .join(' ')
    .trim()
    .replace(/^\(|\)$/g, '')
  return {
    code: 'bad-usage',
    expected: 'a command and its arguments as "nabla --help" shows them',
    came: first.replace(/\.$/, ''),
    advice: [hint, 'See "nabla help COMMAND" for what a command takes.'].filter(Boolean).join(' '),
  }
}

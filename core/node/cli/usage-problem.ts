import type { CommanderError } from 'commander'
import type { HelpPage } from '../../errors/lab-error'

/** How a program's own help is asked for. */
interface OwnHelp {
  readonly expected: string
  readonly help: string
}

const nablaHelp: OwnHelp = {
  expected: 'a command and its arguments as "nabla --help" shows them',
  help: 'See "nabla help COMMAND" for what a command takes.',
}

/** What commander found wrong with the words typed, as a help page. */
export function usageProblem(error: CommanderError, { expected, help }: OwnHelp = nablaHelp): HelpPage {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n')
  const hint = rest
    .join(' ')
    .trim()
    .replace(/^\(|\)$/g, '')
  return {
    code: 'bad-usage',
    expected,
    came: first.replace(/\.$/, ''),
    advice: [hint, help].filter(Boolean).join(' '),
  }
}

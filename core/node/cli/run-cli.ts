import { Command, CommanderError } from 'commander'
import { LabError, toHelpPage } from '../../errors/lab-error'
import { version } from '../version'
import { exitCodes, type CliCommand, type ExitCode } from './command'
import { commands } from './commands'
import { createContext, type CliContext } from './context'
import { showProblem } from './show-problem'
import type { Terminal } from './terminal'
import { usageProblem } from './usage-problem'

export interface CliHost {
  readonly terminal: Terminal
  readonly folder: string
  /** Left out: nothing comes on standard input. */
  readonly input?: AsyncIterable<Uint8Array>
  readonly onInterrupt: CliContext['onInterrupt']
}

/** Runs one command line (without `node` and the program's name). Never throws: problems become pages and codes. */
export async function runCli(typed: readonly string[], host: CliHost): Promise<ExitCode> {
  const json = typed.includes('--json')
  const context = createContext(host.terminal, { ...host, json, typed })
  let code: ExitCode = exitCodes.success
  const program = createProgram(context, (result) => (code = result))
  if (typed.every((word) => word === '--json')) {
    host.terminal.out(program.helpInformation())
    return exitCodes.success
  }
  try {
    await program.parseAsync(typed, { from: 'user' })
    return code
  } catch (error) {
    return report(context, error)
  }
}

function createProgram(context: CliContext, done: (code: ExitCode) => void): Command {
  const program = new Command('nabla')
    .description('Trains neural networks on tables, and shows the calculus of it.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show what a command takes')
    .option('--json', 'write JSON objects, one a line, instead of text')
    .exitOverride()
    .configureOutput({ writeOut: context.terminal.out, writeErr: () => undefined })
    .showHelpAfterError(false)
  for (const command of commands) addCommand(program, command, context, done)
  return program.allowExcessArguments(false)
}

function addCommand(
  program: Command,
  command: CliCommand,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const declared = command.declare(program)
  declared
    .option('--json', 'write JSON objects, one a line, instead of text')
    .helpOption('-h, --help', 'show this help')
    .allowExcessArguments(false)
    .copyInheritedSettings(program)
    .action(async () => done(await command.run(context, declared.args, declared.opts())))
}

function report(context: CliContext, error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.success
    showProblem(context, usageProblem(error))
    return exitCodes.badInput
  }
  showProblem(context, toHelpPage(error))
  if (!(error instanceof LabError) && process.env.NABLA_DEBUG && error instanceof Error)
    context.terminal.err(`${error.stack ?? ''}\n`)
  return error instanceof LabError && !failures.has(error.code) ? exitCodes.badInput : exitCodes.failure
}

/** Help pages that tell of a failure of the work, not of what was asked for. */
const failures: ReadonlySet<string> = new Set(['worker-lost', 'worker-silent', 'disk-full', 'unexpected'])

import type { Command, OptionValues } from 'commander'
import type { CliContext } from './context'

/** Exit codes of the command line. */
export const exitCodes = { success: 0, failure: 1, badInput: 2, interrupted: 130 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** One command: how it is called, and what it does. */
export interface CliCommand {
  /** Adds its name, arguments and options to the program; `--json` is added for all. */
  declare(program: Command): Command
  /** @throws LabError for anything the user can put right */
  run(context: CliContext, args: readonly string[], options: OptionValues): Promise<ExitCode>
}

import type { Terminal } from './terminal'

/** What a command may use of the world. */
export interface CliContext {
  readonly terminal: Terminal
  readonly json: boolean
  /** Relative paths start here. */
  readonly folder: string
  /** Standard input, for commands that are told to read it. */
  readonly input: AsyncIterable<Uint8Array>
  /** What was typed after `nabla`. */
  readonly typed: readonly string[]
  /** A line of the result for people; nothing with --json. */
  say(line?: string): void
  /** A line of the result for programs; nothing without --json. */
  record(value: object): void
  /** A line on the way, on standard error; nothing with --json. */
  note(line: string): void
  /** Milliseconds from any start. */
  clock(): number
  /** Calls `stop` at the first Ctrl-C and ends the program at the second. Gives the function that ends this. */
  onInterrupt(stop: () => void): () => void
}

export function createContext(
  terminal: Terminal,
  options: Pick<CliContext, 'json' | 'folder' | 'typed' | 'onInterrupt'> & { input?: CliContext['input'] },
): CliContext {
  return {
    terminal,
    input: noInput(),
    ...options,
    say: (line = '') => {
      if (!options.json) terminal.out(`${line}\n`)
    },
    record: (value) => {
      if (options.json) terminal.out(`${JSON.stringify(value)}\n`)
    },
    note: (line) => {
      if (!options.json) terminal.err(`${line}\n`)
    },
    clock: () => performance.now(),
  }
}

async function* noInput(): AsyncGenerator<Uint8Array> {}

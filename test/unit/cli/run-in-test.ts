import { Readable } from 'node:stream'
import { runCli } from '../../../core/node/cli/run-cli'

export interface CliAnswer {
  readonly code: number
  readonly out: string
  readonly err: string
  /** The lines of standard output as objects. */
  objects<T = Record<string, unknown>>(): T[]
}

export interface InTestOptions {
  readonly folder: string
  /** What comes on standard input. */
  readonly input?: readonly Uint8Array[]
  /** Called when the command begins to listen for Ctrl-C. */
  readonly onInterrupt?: (stop: () => void) => void
  readonly onErr?: (text: string) => void
}

/** Runs a command line in this process, with its words caught. */
export async function nabla(options: InTestOptions, ...typed: string[]): Promise<CliAnswer> {
  let out = ''
  let err = ''
  const code = await runCli(typed, {
    terminal: {
      out: (text) => (out += text),
      err: (text) => {
        err += text
        options.onErr?.(text)
      },
      watched: false,
      colours: false,
    },
    folder: options.folder,
    input: Readable.from(options.input ?? []),
    onInterrupt: (stop) => {
      options.onInterrupt?.(stop)
      return () => undefined
    },
  })
  const objects = <T>(): T[] =>
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T)
  return { code, out, err, objects }
}

import { listenForInterrupt } from './interrupt'
import { runCli } from './run-cli'
import { processTerminal } from './terminal'

/** A reader that goes away early, such as `| head`, is no error of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

void runCli(process.argv.slice(2), {
  terminal: processTerminal(),
  folder: process.cwd(),
  // Opened only when a command asks for it: a pipe that is looked at keeps the program waiting.
  input: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> },
  onInterrupt: listenForInterrupt,
}).then((code) => {
  process.exitCode = code
})

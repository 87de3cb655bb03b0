import { listenForInterrupt } from '../cli/interrupt'
import { processTerminal } from '../cli/terminal'
import { runBench } from './run-bench'

void runBench(process.argv.slice(2), {
  terminal: processTerminal(),
  folder: process.cwd(),
  program: process.argv[1]!,
  onInterrupt: listenForInterrupt,
}).then((code) => {
  process.exitCode = code
})

import { spawn } from 'node:child_process'
import { LabError } from '../../errors/lab-error'
import { peerEnvironment, succeeds, type ProgramCall } from './contestants'

/** How a program ended. */
export interface Ended {
  readonly out: string
  /** From its start to its end. */
  readonly seconds: number
}

/** Runs a program to its end, alone. @throws LabError `bench-program` when it fails, or the abort signal's reason */
export type RunProgram = (call: ProgramCall) => Promise<Ended>

/** Words before a program's own that keep it on one core; none where the system has no such command. */
export const pinning = (core: number): string[] => {
  const words = ['taskset', '-c', String(core)]
  return succeeds([...words, 'true']) ? words : []
}

export const createRunner =
  (pin: readonly string[], signal: AbortSignal): RunProgram =>
  ({ words, folder }) =>
    new Promise((resolve, reject) => {
      const [command = '', ...rest] = [...pin, ...words]
      const from = performance.now()
      const child = spawn(command, rest, {
        cwd: folder,
        env: peerEnvironment(),
        stdio: ['ignore', 'pipe', 'pipe'],
        signal,
        killSignal: 'SIGKILL',
      })
      let out = ''
      let err = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
      child.on('error', reject)
      child.on('close', (code) => {
        const seconds = (performance.now() - from) / 1000
        if (code === 0) resolve({ out, seconds })
        else reject(programFailed(words, err || out))
      })
    })

/** The last JSON object that a program printed; libraries may talk before it. */
export function lastObject<T>({ out }: Pick<Ended, 'out'>): T {
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as T
}

const programFailed = (words: readonly string[], text: string): LabError =>
  new LabError({
    code: 'bench-program',
    expected: `${words[0] ?? 'a program'} to train a workload`,
    came: text.trim().split('\n').slice(-3).join(' · ') || 'a failure without words',
    advice: 'Leave the workload out with --only or all peers with --no-peers, or mend the installation.',
  })

import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'
import type { HelpPage } from '../../core/errors/lab-error'
import type { LogFile } from './log-file'

/** More deaths than this within a minute, and starting it again would help nobody. */
const MOST_DEATHS = 5
const MINUTE = 60_000

export interface EngineHostOptions {
  /** The built engine. */
  readonly file: string
  readonly log: LogFile
  /** It died and there is a new one. */
  readonly onRestarted: (problem: HelpPage) => void
  /** It dies again and again. */
  readonly onLost: (problem: HelpPage) => void
}

/** Keeps the engine's process alive and gives each page a port to it. */
export class EngineHost {
  private child: UtilityProcess | undefined
  private deaths: number[] = []
  private stopped = false

  constructor(private readonly options: EngineHostOptions) {
    this.start()
  }

  /** The process id, or undefined while there is none. */
  get pid(): number | undefined {
    return this.child?.pid
  }

  /** Opens a channel between the engine and a page, which finds its end in the message `engine:port`. */
  connect(page: WebContents, nonce: string): void {
    if (!this.child) return
    const { port1, port2 } = new MessageChannelMain()
    this.child.postMessage({ type: 'connect' }, [port1])
    page.postMessage('engine:port', nonce, [port2])
  }

  /** Ends the engine for good. */
  stop(): void {
    this.stopped = true
    this.child?.kill()
  }

  private start(): void {
    const { file, log } = this.options
    const child = utilityProcess.fork(file, [], { serviceName: 'Nabla engine', stdio: 'pipe' })
    child.stdout?.on('data', (chunk: Buffer) => log.write(chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => log.write(chunk.toString()))
    child.on('spawn', () => log.line(`engine ${child.pid} started`))
    child.on('exit', (code) => this.onExit(code))
    this.child = child
  }

  private onExit(code: number): void {
    this.options.log.line(`engine ended with code ${code}`)
    this.child = undefined
    if (this.stopped) return
    const now = Date.now()
    this.deaths = [...this.deaths.filter((time) => now - time < MINUTE), now]
    if (this.deaths.length > MOST_DEATHS) return this.options.onLost(lost(code, this.options.log.file))
    this.start()
    this.options.onRestarted(restarted(code))
  }
}

const restarted = (code: number): HelpPage => ({
  code: 'engine-restarted',
  expected: 'the engine to go on',
  came: `its process ended by itself (code ${code})`,
  advice:
    'A new engine has been started. The weights of all runs so far are lost with the old one: train again. The same seed gives the same weights.',
})

const lost = (code: number, logFile: string): HelpPage => ({
  code: 'engine-lost',
  expected: 'the engine to go on',
  came: `its process ended ${MOST_DEATHS + 1} times within a minute (last code ${code})`,
  advice: 'Save the experiment and restart the lab. The log tells what went on before.',
  place: { file: logFile },
})

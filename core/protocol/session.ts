import { LabError, toHelpPage, type HelpPage } from '../errors/lab-error'
import type { Change, ChangeSettings } from '../experiment/schema'
import type { EndEvent, TrainingEvent } from '../training/events'
import type { Trainer } from '../training/trainer-api'
import type { RunStatus } from './contract'
import { Gathered } from './gathered'
import type { Thinning } from './thin'

/** What a session needs from the thread that it lives in. */
export interface SessionHost {
  /** Takes a batch of events, in order; at most 30 calls a second while the training runs. */
  post(events: readonly TrainingEvent[]): void
  status(status: RunStatus): void
  /** The trainer threw: the run is lost. */
  failed(problem: HelpPage): void
  /** Lets waiting messages in, then returns. */
  yieldControl(): Promise<void>
  /** Milliseconds from any start. */
  clock(): number
}

export interface SessionPace extends Thinning {
  /** Milliseconds of training between two looks at the messages. */
  readonly slice: number
  /** Least milliseconds between two batches of events. */
  readonly gap: number
}

/** 15 batches, 300 steps and 3840 epochs a second: more than eyes can follow, and half of what the window may be sent. */
export const usualPace: SessionPace = { slice: 20, gap: 1000 / 15, steps: 20, epochs: 256 }

/** Nothing of a session needs the events one by one. */
type SessionTrainer = Omit<Trainer, 'events'>

/** One run under control: pulls the trainer's events in time slices and passes them on in batches. */
export interface Session {
  /** Trains until paused or ended; does nothing when it is training already. */
  run(): void
  /** Pauses after the step under way. Resolves when nothing is done or posted any more. */
  pause(): Promise<void>
  /** Trains one batch or one epoch of a paused run. Resolves when it is paused again or has ended. */
  step(unit: StepUnit): Promise<void>
  /** As the trainer's `change`, between two steps. @throws LabError when it does not fit or comes too late */
  change(set: ChangeSettings): readonly Change[]
  /** Ends the run with the best weights so far. Resolves when its `end` is posted. */
  stop(): Promise<void>
  /** Resolves with the run's last event; rejects when the trainer threw. */
  readonly ended: Promise<EndEvent>
  readonly trainer: SessionTrainer
}

export type StepUnit = 'batch' | 'epoch'

/** True when `event` completes what was asked for. A batch that ends an epoch includes the epoch's own event. */
const completes: Record<StepUnit | 'run', (event: TrainingEvent, progress: Progress) => boolean> = {
  run: () => false,
  batch: (event, { steps }) =>
    event.type === 'epoch' ? steps > 0 : event.type === 'step' && event.batch < event.batches,
  epoch: (event) => event.type === 'epoch',
}

interface Progress {
  epochs: number
  /** Steps since the goal was set. */
  steps: number
}

export function createSession(
  trainer: SessionTrainer,
  host: SessionHost,
  pace: SessionPace = usualPace,
): Session {
  return new TrainingSession(trainer, host, pace)
}

class TrainingSession implements Session {
  readonly ended: Promise<EndEvent>
  private settle!: { resolve(event: EndEvent): void; reject(error: unknown): void }
  /** What is being done now; null while paused, and after the end. */
  private goal: StepUnit | 'run' | null = null
  private driving: Promise<void> | null = null
  private over = false
  private stopping = false
  private readonly waiting: Gathered
  private lastPost = -Infinity
  private readonly progress: Progress = { epochs: 0, steps: 0 }

  constructor(
    readonly trainer: SessionTrainer,
    private readonly host: SessionHost,
    private readonly pace: SessionPace,
  ) {
    this.waiting = new Gathered(pace)
    this.ended = new Promise((resolve, reject) => (this.settle = { resolve, reject }))
    // A host that only listens to `failed` must not meet an unhandled rejection as well.
    this.ended.catch(() => undefined)
  }

  run(): void {
    if (this.over || this.goal === 'run') return
    this.host.status('running')
    void this.aim('run')
  }

  async pause(): Promise<void> {
    if (!this.stopping) this.goal = null
    await this.driving
  }

  async step(unit: StepUnit): Promise<void> {
    // A step under way is waited for, so that two quick clicks are two steps.
    while (this.goal !== null && this.goal !== 'run') await this.driving
    if (this.over) return
    if (this.goal !== null) throw busy()
    await this.aim(unit)
  }

  change(set: ChangeSettings): readonly Change[] {
    return this.trainer.change(set)
  }

  async stop(): Promise<void> {
    if (this.over) return
    this.stopping = true
    this.trainer.stop()
    await this.aim('run')
  }

  /** Sets the goal and sees to it that one loop, and only one, is working on it. */
  private aim(goal: StepUnit | 'run'): Promise<void> {
    this.goal = goal
    this.progress.steps = 0
    this.trainer.tellBatches(goal === 'run' ? 'some' : 'all')
    return (this.driving ??= this.drive())
  }

  private async drive(): Promise<void> {
    try {
      // `driving` is set when this first waits; without the wait a short goal would be over before that.
      await this.host.yieldControl()
      while (this.goal !== null) {
        this.slice()
        this.flush(false)
        if (this.goal !== null) await this.host.yieldControl()
      }
      this.driving = null
      this.flush(true)
      if (!this.over) this.host.status('paused')
    } catch (error) {
      this.fail(error)
    }
  }

  /** Pulls events until the slice's time is over or the goal is reached. */
  private slice(): void {
    const until = this.host.clock() + this.pace.slice
    do {
      const events = this.trainer.pull()
      if (!events.length) throw new Error('the trainer went silent before its end event')
      for (const event of events) this.take(event)
    } while (this.goal !== null && this.host.clock() < until)
  }

  private take(event: TrainingEvent): void {
    this.waiting.add(event)
    if (event.type === 'end') return this.finish(event)
    if (event.type === 'start') this.progress.epochs = event.epochs
    if (event.type === 'step') this.progress.steps++
    const reached = completes[this.goal ?? 'run'](event, this.progress)
    // The last epoch's event is followed at once by the end, which takes no training.
    if (reached && !(event.type === 'epoch' && event.epoch === this.progress.epochs)) this.goal = null
  }

  private flush(now: boolean): void {
    const time = this.host.clock()
    if (this.waiting.isEmpty || (!now && time - this.lastPost < this.pace.gap)) return
    this.lastPost = time
    this.host.post(this.waiting.take())
  }

  private finish(event: EndEvent): void {
    this.over = true
    this.goal = null
    this.flush(true)
    this.host.status(event.reason === 'non-finite' ? 'failed' : 'finished')
    this.settle.resolve(event)
  }

  private fail(error: unknown): void {
    this.over = true
    this.goal = null
    this.flush(true)
    this.host.status('failed')
    this.host.failed(toHelpPage(error))
    this.settle.reject(error)
  }
}

const busy = (): LabError =>
  new LabError({
    code: 'run-not-paused',
    expected: 'a paused run',
    came: 'a run that is training',
    advice: 'Pause the run first, then step.',
  })

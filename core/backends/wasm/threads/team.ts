import { LabError } from '../../../errors/lab-error'
import type { WasmFunction } from '../web-assembly'
import { takeParts, WORDS, words, type Control } from './control'
import type { HelperSetup } from './helper'

/** Starts a thread that calls `help` with the setup; the pure core knows no threads, so this comes from outside. */
export type StartHelper = (setup: HelperSetup) => void

/** Threads for one backend. */
export interface ThreadOptions {
  /** With the one that trains; 1 or more. */
  readonly count: number
  readonly start: StartHelper
  /** Nanoseconds of work below which a part is not worth waking a helper for; 0 shares out all that can be. */
  readonly leastWork?: number
}

/** Looks for the end of others' parts before the thread goes to sleep; about 50 µs. */
const PATIENCE = 2000
/** A part takes milliseconds. A helper that is still not done after so many seconds of waiting is dead. */
const LONGEST_PART = 60

/** A program's parts, as this thread calls them and as helpers find them. */
export interface TeamProgram {
  readonly parts: readonly WasmFunction[]
  readonly address: number
  readonly bytes: number
}

/**
 * The thread that trains and its helpers. A step that is split is done by whoever is free: parts that no helper takes,
 * since it is asleep, late or gone, the trainer does itself, so that helpers only ever make it faster.
 */
export class Team {
  private readonly control: Control = new Int32Array(new SharedArrayBuffer(WORDS * 4))
  private program: TeamProgram | undefined
  private started = false

  constructor(
    private readonly options: ThreadOptions,
    private readonly setup: Omit<HelperSetup, 'control' | 'words'>,
  ) {}

  /** Helpers are started by the first program that has something for them. */
  use(program: TeamProgram): void {
    if (program === this.program) return
    if (!this.started) this.start()
    this.program = program
    Atomics.store(this.control, words.address, program.address)
    Atomics.store(this.control, words.bytes, program.bytes)
  }

  private start(): void {
    this.started = true
    for (let i = 1; i < this.options.count; i++)
      this.options.start({ ...this.setup, control: this.control, words })
  }

  /**
   * Does `count` parts of the program in use, in any order, and comes back when all are done.
   * @throws LabError `worker-lost` when a helper took a part and died
   */
  readonly split = (first: number, count: number): void => {
    const { control } = this
    const { parts } = this.program!
    Atomics.store(control, words.first, first)
    Atomics.store(control, words.pending, count)
    Atomics.store(control, words.left, count)
    Atomics.notify(control, words.left)
    if (!takeParts(control, (part) => parts[part]!(), words)) this.awaitOthers()
    if (Atomics.load(control, words.failed) !== 0) throw lost('its failure')
  }

  private awaitOthers(): void {
    const { control } = this
    for (let i = 0; i < PATIENCE; i++) if (Atomics.load(control, words.pending) === 0) return
    for (let seconds = 0; seconds < LONGEST_PART; seconds++) {
      const pending = Atomics.load(control, words.pending)
      if (pending === 0) return
      if (Atomics.wait(control, words.pending, pending, 1000) !== 'timed-out') seconds = 0
    }
    throw lost('no answer from it')
  }

  /** Sends the helpers away; the programs of this backend must not run any more. */
  close(): void {
    Atomics.store(this.control, words.left, -1)
    Atomics.notify(this.control, words.left)
  }
}

const lost = (cause: string): LabError =>
  new LabError({
    code: 'worker-lost',
    expected: 'a helper thread to do its part of a step',
    came: cause,
    advice: 'Go on from the last checkpoint, with one thread if it happens again.',
  })

import { relative } from 'node:path'
import { changeWords } from '../../../training/changes/change-words'
import { epochPosition } from '../../../training/epoch-position'
import type { ChangeEvent, EpochEvent, StartEvent, StepEvent, TrainingEvent } from '../../../training/events'
import type { CliContext } from '../context'
import { metricsTable } from '../metrics-table'
import { textRow } from '../text-table'
import { figure, metricLabel, metricText } from '../../../metrics/metric-text'
import { duration, plural } from '../words'
import { createBar, type Bar } from './bar'
import type { TrainingResult } from './run-training'

/** Tells how a training goes: a bar for a person who watches, a line now and then for a file, objects with --json. */
export interface Reporter {
  take(event: TrainingEvent): void
  stopping(): void
  finish(result: TrainingResult): void
}

const headers = ['epoch', 'train loss', 'val. loss', 'metric', 'time', 'left']
const widths = [13, 10, 10, 18, 9, 12]
/** Lines of a whole training at most, about. */
const mostLines = 20

export function createReporter(context: CliContext): Reporter {
  return context.json ? jsonReporter(context) : new TextReporter(context)
}

const jsonReporter = (context: CliContext): Reporter => ({
  take: (event) => {
    if (event.type !== 'step') context.record(event)
  },
  stopping: () => undefined,
  finish: ({ path }) => context.record({ type: 'run', folder: path }),
})

class TextReporter implements Reporter {
  private start: StartEvent | null = null
  private bar: Bar | null = null
  private latest: EpochEvent | null = null
  private nextLine = 1
  /** As it was measured last. */
  private metric = ''

  constructor(private readonly context: CliContext) {}

  take(event: TrainingEvent): void {
    if (event.type === 'start') this.begin(event)
    else if (event.type === 'step') this.bar?.update(this.stepsOf(event), this.words())
    else if (event.type === 'change') this.tell(event)
    else if (event.type === 'epoch') this.finishEpoch(event)
    else if (event.type === 'end') this.bar?.stop()
  }

  stopping(): void {
    this.bar?.stop()
    this.bar = null
    this.context.note('Stopping: keeping the best weights so far. Press Ctrl-C again to leave at once.')
  }

  finish({ end, path }: TrainingResult): void {
    const { context } = this
    const reasons = {
      completed: 'Finished',
      converged: 'Converged: no step makes the loss smaller. Finished',
      'early-stopping': `Stopped early, as ${this.watched()} no longer improves,`,
      stopped: 'Stopped',
      'non-finite': 'Stopped, as the loss is no longer a number,',
    }
    context.say(`${reasons[end.reason]} after ${plural(end.epoch, 'epoch')} in ${duration(end.seconds)}`)
    if (end.bestEpoch > 0) context.say(`Best epoch: ${end.bestEpoch}`)
    context.say(`\n${metricsTable(end.metrics)}\n`)
    context.say(`Fingerprint: ${end.fingerprint}`)
    context.say(`Run folder:  ${relative(context.folder, path) || path}`)
  }

  /** What is watched, as a person calls it: `the validation loss`, `the training R²`. */
  private watched(): string {
    const { monitor = 'loss', rows } = this.start ?? {}
    const words = monitor === 'loss' ? 'loss' : metricLabel(monitor)
    return `the ${rows?.validation === 0 ? 'training' : 'validation'} ${words}`
  }

  private begin(event: StartEvent): void {
    this.start = event
    const { train, validation, test } = event.rows
    this.context.note(
      `${plural(event.parameters, 'parameter')}; rows: ${train} train, ${validation} validation, ${test} test; computed by ${event.backend}`,
    )
    if (this.context.terminal.watched) this.bar = createBar(event.epochs * event.stepsPerEpoch)
    else this.context.note(textRow(headers, widths, () => true))
  }

  /** The bar counts steps of the size that they had at first. */
  private stepsOf(event: StepEvent): number {
    return epochPosition(event) * (this.start?.stepsPerEpoch ?? 0)
  }

  private tell({ epoch, batch, set }: ChangeEvent): void {
    if (!this.bar) this.context.note(`from epoch ${epoch}, batch ${batch}: ${changeWords(set)}`)
  }

  private finishEpoch(event: EpochEvent): void {
    this.latest = event
    const shown = event.validation ?? event.train
    const [, name] = this.start?.metrics ?? []
    if (name !== undefined && name in shown)
      this.metric = `${metricLabel(name)} ${metricText(name, shown[name])}`
    this.bar?.update(event.epoch * (this.start?.stepsPerEpoch ?? 0), this.words())
    const epochs = this.start?.epochs ?? 0
    if (this.context.terminal.watched || (event.epoch < this.nextLine && event.epoch < epochs)) return
    this.nextLine = event.epoch + Math.max(1, Math.floor(epochs / mostLines))
    this.context.note(textRow(this.line(event, epochs), widths, () => true))
  }

  private line(event: EpochEvent, epochs: number): string[] {
    const left = (event.seconds / event.epoch) * (epochs - event.epoch)
    return [
      `${event.epoch}/${epochs}`,
      figure(event.train.loss),
      figure(event.validation?.loss),
      this.metric,
      duration(event.seconds),
      duration(left),
    ]
  }

  private words(): string {
    const { latest, start } = this
    if (!latest || !start) return ''
    const [epoch, train, validation, metric] = this.line(latest, start.epochs)
    return `epoch ${epoch}  train ${train}  val. ${validation}  ${metric}`
  }
}

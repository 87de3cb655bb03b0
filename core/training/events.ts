import type { HelpPage } from '../errors/lab-error'
import type { ChangeSettings } from '../experiment/schema'
import type { ArrayStatistics } from './statistics/array-statistics'

/** `loss` and the metrics that fit the target, by the names of the design: `accuracy`, `rmse`, ... NaN becomes null. */
export type MetricValues = Readonly<Record<string, number | null>>

export type EndReason = 'completed' | 'converged' | 'early-stopping' | 'stopped' | 'non-finite'

export interface StartEvent {
  readonly type: 'start'
  /** What computes: the name of the backend. */
  readonly backend: string
  readonly epochs: number
  readonly stepsPerEpoch: number
  readonly parameters: number
  readonly rows: Readonly<Record<'train' | 'validation' | 'test', number>>
  /** Names in `EpochEvent.train` and `.validation`, `loss` first. */
  readonly metrics: readonly string[]
  /** The one of them that is watched. */
  readonly monitor: string
}

export interface StepEvent {
  readonly type: 'step'
  /** Steps done, from 1. */
  readonly step: number
  /** Epoch under way, from 1. */
  readonly epoch: number
  /** Batch within the epoch, from 1. */
  readonly batch: number
  /** Batches that the epoch has. */
  readonly batches: number
  /** Mean loss of the batch before the update. */
  readonly loss: number
  readonly learningRate: number
}

/** Settings that take effect before the step that comes next. */
export interface ChangeEvent {
  readonly type: 'change'
  /** Epoch under way, from 1, and the batch within it that comes next. */
  readonly epoch: number
  readonly batch: number
  /** Batches that the epoch has now. */
  readonly batches: number
  /** Steps done before. */
  readonly step: number
  readonly set: ChangeSettings
}

export interface EpochEvent {
  readonly type: 'epoch'
  /** Epochs done, from 1. */
  readonly epoch: number
  readonly step: number
  /** Training time so far; pauses are not counted. */
  readonly seconds: number
  readonly learningRate: number
  /** The loss, what is watched, and in epochs whose metrics were measured all of them. */
  readonly train: MetricValues
  /** null where there are no validation rows. */
  readonly validation: MetricValues | null
  /** True when these are the best weights so far, by what is watched: on validation rows, or training rows without any. */
  readonly best: boolean
}

/** The metrics of an epoch before, which turned out to be the best or the last one. Comes right before the end. */
export interface MeasuredEvent extends Measured {
  readonly type: 'measured'
}

/** All metrics of an epoch. */
export type Measured = Pick<EpochEvent, 'epoch' | 'train' | 'validation'>

/** An array of a layer's weights, and the part of the gradient that belongs to it. */
export interface ArrayReport {
  /** `1.dense.weights`, as exports call it. */
  readonly name: string
  /** Index of its layer in the stack, from 0; inside blocks, the block's. */
  readonly layer: number
  readonly count: number
  /** null where a number is not finite. */
  readonly weights: ArrayStatistics | null
  /** Of the mean loss of the batch, as it was before the update: without penalties and before it is clipped. */
  readonly gradient: ArrayStatistics | null
  /** How far the update moved them, against how large they were; null without an update, and where all were 0. */
  readonly update: number | null
}

/** Units of a ReLU that gave 0 for every row of the batch. */
export interface DeadUnits {
  readonly layer: number
  readonly name: string
  readonly share: number
}

/** What the layers are like after a step: a look that changes nothing. */
export interface StatisticsEvent {
  readonly type: 'statistics'
  /** Epoch and batch of the step, from 1. */
  readonly epoch: number
  readonly batch: number
  readonly batches: number
  readonly step: number
  /** Rows of the batch that gradient and dead units are of. */
  readonly rows: number
  readonly arrays: readonly ArrayReport[]
  readonly dead: readonly DeadUnits[]
}

export interface EndEvent {
  readonly type: 'end'
  readonly reason: EndReason
  readonly epoch: number
  readonly step: number
  readonly seconds: number
  /** 0 when no epoch was finished. */
  readonly bestEpoch: number
  /** Of the weights that were kept. */
  readonly metrics: Readonly<Record<'train' | 'validation' | 'test', MetricValues | null>>
  /** SHA-256 of the kept weights' bytes (float32, little-endian, in layout order), hexadecimal. */
  readonly fingerprint: string
  /** Given with `non-finite`: step, layer, and cures. */
  readonly problem?: HelpPage
}

export type TrainingEvent =
  StartEvent | StepEvent | ChangeEvent | EpochEvent | StatisticsEvent | MeasuredEvent | EndEvent

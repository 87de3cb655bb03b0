import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, divide, mean, multiply, sqrt, square, subtract } from '../graph/ops'
import type { BuildContext, ParameterSpec } from './layer'

/** Mean and (biased) variance over some axes, which stay with size 1. */
export function moments(x: Tensor, axes: readonly number[]): { centre: Tensor; variance: Tensor } {
  const centre = mean(x, axes)
  return { centre, variance: mean(square(subtract(x, centre)), axes) }
}

/** (x - centre) / sqrt(variance + epsilon) */
export const standardize = (x: Tensor, centre: Tensor, variance: Tensor, epsilon: number): Tensor =>
  divide(subtract(x, centre), sqrt(add(variance, epsilon)))

/** Settings that all normalizations share. */
export const epsilonField = (fallback = 1e-5) =>
  z.number().gt(0).max(1).default(fallback).meta({
    label: 'Epsilon',
    help: 'Added to the variance, so that nothing is divided by 0.',
    advanced: true,
  })

export const affineField = (fallback = true) =>
  z.boolean().default(fallback).meta({
    label: 'Scale and shift',
    help: 'Learns a factor and a number to add for each unit, so that nothing is lost by normalizing.',
    advanced: true,
  })

/** `scale`, which starts at 1, and `shift`, which starts at 0. */
export function scaleAndShift(shape: readonly number[]): ParameterSpec[] {
  const fan = { fanIn: 1, fanOut: 1 }
  return [
    { name: 'scale', shape, initializer: 'ones', ...fan },
    { name: 'shift', shape, initializer: 'zeros', ...fan },
  ]
}

export const scaledAndShifted = (x: Tensor, parameter: BuildContext<never>['parameter']): Tensor =>
  add(multiply(x, parameter('scale')), parameter('shift'))

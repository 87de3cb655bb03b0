import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, multiply } from '../graph/ops'

/** Settings that several optimizers share. */
export const learningRateField = (fallback: number) =>
  z.number().gt(0).max(100).default(fallback).meta({
    label: 'Learning rate',
    help: 'Length of a step against the gradient, λ. Too large and the loss jumps or grows; too small and nothing happens.',
  })

export const epsilonField = (fallback = 1e-8) =>
  z.number().gt(0).max(1).default(fallback).meta({
    label: 'Epsilon',
    help: 'Added to the denominator, so that nothing is divided by zero.',
    advanced: true,
  })

export const weightDecayField = (fallback: number, help: string) =>
  z.number().min(0).max(1).default(fallback).meta({ label: 'Weight decay', help, advanced: true })

/** A share of the past that a running mean keeps. */
export const decayField = (fallback: number, label: string, help: string) =>
  z.number().min(0).lt(1).default(fallback).meta({ label, help, advanced: true })

/** Weight decay that acts through the gradient, as PyTorch's `weight_decay`; off by default. */
export const coupledDecayField = () =>
  weightDecayField(0, 'Pulls every parameter towards 0 by adding this share of it to its gradient.')

/** g = ∇f(x) + ω x; without decay the same node. [parameters] */
export const decayedGradient = (gradient: Tensor, x: Tensor, weightDecay: number): Tensor =>
  weightDecay > 0 ? add(gradient, multiply(x, weightDecay)) : gradient

/** The running mean of a slot: decay · old + (1 - decay) · value. */
export const runningMean = (old: Tensor, decay: number, value: Tensor): Tensor =>
  add(multiply(old, decay), multiply(value, 1 - decay))

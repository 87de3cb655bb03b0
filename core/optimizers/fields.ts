import { z } from 'zod'

/** Settings that several optimizers share. */
export const learningRateField = (fallback: number) =>
  z.number().gt(0).max(100).default(fallback).meta({
    label: 'Learning rate',
    help: 'Length of a step against the gradient, λ. Too large and the loss jumps or grows; too small and nothing happens.',
  })

export const epsilonField = () =>
  z.number().gt(0).max(1).default(1e-8).meta({
    label: 'Epsilon',
    help: 'Added to the denominator, so that nothing is divided by zero.',
    advanced: true,
  })

export const weightDecayField = (fallback: number, help: string) =>
  z.number().min(0).max(1).default(fallback).meta({ label: 'Weight decay', help, advanced: true })

/** A share of the past that a running mean keeps. */
export const decayField = (fallback: number, label: string, help: string) =>
  z.number().min(0).lt(1).default(fallback).meta({ label, help, advanced: true })

import type { z } from 'zod'

/** Settings of a kind as they stand in an experiment file, without `type`. */
export type Config = Record<string, unknown>

/**
 * What every kind (layer, loss, optimizer, ...) tells about itself. The palette, its form, validation, saving and the
 * formula sheet are made from this alone.
 */
export interface Kind<C extends Config = Config> {
  /** Name in experiment files; equals the name of the kind's file. */
  readonly type: string
  /** Place in lists shown to people. */
  readonly order: number
  readonly label: string
  /** One or two sentences: what it does and when one takes it. */
  readonly help: string
  /** The settings: validation, defaults, and through `.meta({ label, help })` on each field also the form. */
  readonly schema: z.ZodType<C>
  /** The forward formula in LaTeX. */
  readonly formula: string
  /** Paper and equation, or the document that defines it. */
  readonly source: string
}

/** One entry of an experiment file: the kind's type and its settings side by side. */
export type Entry<C extends Config = Config> = { readonly type: string } & C

import { createRegistry } from '../../catalog/registry'
import * as clipKinds from './clips/kinds'
import * as encoderKinds from './encoders/kinds'
import * as fillKinds from './fills/kinds'
import type { ClipKind, EncoderKind, FillKind, ScaleKind } from './preparation'
import * as scaleKinds from './scales/kinds'

export const fills = createRegistry<FillKind>('way to fill missing cells', fillKinds)
export const clips = createRegistry<ClipKind>('way to clip outliers', clipKinds)
export const scales = createRegistry<ScaleKind>('scale', scaleKinds)
export const encoders = createRegistry<EncoderKind>('encoding', encoderKinds)

/** The steps that a column's settings name, each with the kinds that it can be, in the order in which they are taken. */
export const steps = { missing: fills, clip: clips, encode: encoders, scale: scales } as const
export type StepName = keyof typeof steps

/** True for an encoding with one input for each level, which is kept as codes that a batch spreads out. */
export function isSpread(encode: string): boolean {
  const encoder = encoders.get(encode)
  return encoder.takes === 'levels' && !encoder.table
}

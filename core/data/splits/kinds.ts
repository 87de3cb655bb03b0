import type { SplitSettings } from '../../experiment/schema'
import { grouped } from './grouped'
import { marker } from './marker'
import { random } from './random'
import { sequential } from './sequential'
import type { SplitKind } from './split-kind'
import { stratified } from './stratified'
import { time } from './time'

/** All ways to share rows out, in the order in which they are offered. */
export const splitKinds: Readonly<Record<SplitSettings['strategy'], SplitKind>> = {
  stratified,
  random,
  sequential,
  grouped,
  time,
  marker,
}

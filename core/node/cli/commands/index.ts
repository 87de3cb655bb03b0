import type { CliCommand } from '../command'
import { bench } from './bench'
import { check } from './check'
import { evaluate } from './evaluate'
import { exportCommand } from './export'
import { findrate } from './findrate'
import { formulas } from './formulas'
import { gradcheck } from './gradcheck'
import { newCommand } from './new'
import { profile } from './profile'
import { predict } from './predict'
import { samples } from './samples'
import { schema } from './schema'
import { selftest } from './selftest'
import { train } from './train'

/** All commands, in the order of the help page. */
export const commands: readonly CliCommand[] = [
  newCommand,
  check,
  profile,
  train,
  evaluate,
  predict,
  exportCommand,
  gradcheck,
  findrate,
  bench,
  formulas,
  selftest,
  samples,
  schema,
]

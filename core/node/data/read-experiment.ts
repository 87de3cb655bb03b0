import { dirname, resolve } from 'node:path'
import { readExperiment as parse } from '../../experiment/read'
import type { ExperimentAt } from '../../protocol/contract'
import { readText } from '../files/read-text'

/** An experiment file. @throws LabError when it cannot be read, or is no experiment */
export function readExperiment(path: string): ExperimentAt {
  const file = resolve(path)
  return { experiment: parse(readText(file), file), folder: dirname(file) }
}

import type { Experiment } from '../../experiment/schema'
import type { PreparedData } from '../prepared'
import type { Table } from '../table'
import type { Findings } from './finding'
import { findingKinds } from './kinds'
import { sceneOf } from './scene'

/** Looks for every trap in a table and in what was prepared from it; in the order of the checks. */
export function findFindings(prepared: PreparedData, table: Table, data: Experiment['data']): Findings {
  const scene = sceneOf(prepared, table, data)
  return { checks: findingKinds.length, findings: findingKinds.flatMap((kind) => scene.found(kind)) }
}

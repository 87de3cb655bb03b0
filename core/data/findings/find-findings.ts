import type { Experiment } from '../../experiment/schema'
import type { PreparedData } from '../prepared'
import type { Table } from '../table'
import { findingKey, type Finding, type Findings } from './finding'
import type { FindingKind, TableKind } from './kind'
import { findingKinds } from './kinds'
import { sceneOf, tableSceneOf, type Scene } from './scene'

/** Looks for every trap in a table and in what was prepared from it; in the order of the checks. */
export function findFindings(prepared: PreparedData, table: Table, data: Experiment['data']): Findings {
  const scene = sceneOf(prepared, table, data)
  return { checks: findingKinds.length, findings: findingKinds.flatMap((kind) => findAll(kind, scene)) }
}

/** Of several targets each is looked at; what is found of the same columns again needs no second fix. */
function findAll(kind: FindingKind, scene: Scene): readonly Finding[] {
  const { scenes } = scene
  if (!kind.eachTarget || scenes.length === 1) return scene.found(kind)
  const found = scenes.flatMap((each) =>
    each
      .found(kind)
      .map((finding) => ({ ...finding, came: `for the target "${each.target.name}", ${finding.came}` })),
  )
  const keys = found.map(findingKey)
  return found.filter((_, i) => keys.indexOf(keys[i]!) === i)
}

/** The traps that show in the cells alone, of a table that cannot be prepared as the experiment stands. */
export function findInTable(table: Table, data: Experiment['data']): Findings {
  const scene = tableSceneOf(table, data)
  const kinds = findingKinds.filter((kind): kind is TableKind => kind.ofTable === true)
  return { checks: kinds.length, findings: kinds.flatMap((kind) => scene.found(kind)) }
}

import type { Finding } from './finding'
import type { Scene, TableScene } from './scene'

interface Check {
  readonly code: string
  /** What it looks for, as it ends the sentence "The guard looks for …". */
  readonly label: string
  /** True: it looks at the target, and so at each of several. */
  readonly eachTarget?: true
}

/** A check that looks at the cells alone, and so speaks of a table that cannot be prepared yet. */
export interface TableKind extends Check {
  readonly ofTable: true
  find(scene: TableScene): readonly Finding[]
}

/** A check of what was prepared from a table: its splits, classes and targets. */
interface PreparedKind extends Check {
  readonly ofTable?: never
  find(scene: Scene): readonly Finding[]
}

/** One check of the guard. */
export type FindingKind = TableKind | PreparedKind

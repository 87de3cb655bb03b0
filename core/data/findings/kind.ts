import type { Finding } from './finding'
import type { Scene } from './scene'

/** One check of the guard. */
export interface FindingKind {
  readonly code: string
  /** What it looks for, as it ends the sentence "The guard looks for …". */
  readonly label: string
  /** True: it looks at the target, and so at each of several. */
  readonly eachTarget?: true
  find(scene: Scene): readonly Finding[]
}

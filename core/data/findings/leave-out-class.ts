import { isCoded } from '../table'
import type { Fix } from './fix'
import { readAnew } from './read-anew'
import type { Scene } from './scene'

/** Reads a class as missing, so that its rows take no part; not where two classes are all there are. */
export function leaveOutClass(scene: Scene, label: string): { fix?: Fix } {
  const { target, predicted } = scene
  if (predicted.type !== 'category' || !isCoded(target)) return {}
  return {
    fix: {
      label: `Leave out the rows of "${label}"`,
      change: readAnew(scene, target.name, { replace: { [label]: '' } }),
    },
  }
}

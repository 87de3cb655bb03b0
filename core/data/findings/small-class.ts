import { splitNames } from '../prepared'
import type { Finding } from './finding'
import type { FindingKind } from './kind'
import { leaveOutClass } from './leave-out-class'
import { classCounts } from './class-counts'

/** Classes with fewer rows than there are splits in use: at least one split cannot show how well they are learned. */
export const smallClass: FindingKind = {
  code: 'small-class',
  label: 'classes with too few rows',
  eachTarget: true,
  find: (scene) => {
    const { classes, counts, used } = classCounts(scene)
    return classes.flatMap((label, i): Finding[] => {
      const rows = splitNames.reduce((sum, name) => sum + counts[name][i]!, 0)
      const absent = used.filter((name) => counts[name][i] === 0)
      if (rows >= used.length) return []
      return [
        {
          code: 'small-class',
          severity: 'warning',
          expected: `at least ${used.length} rows of each class, one for each split`,
          came: `${rows} of "${label}"${absent.length ? `, none for ${absent.join(' and ')}` : ''}`,
          advice: 'Add rows of this class, or leave it out; its metrics say little.',
          place: { column: scene.target.name },
          columns: [scene.target.name],
          ...leaveOutClass(scene, label),
        },
      ]
    })
  },
}

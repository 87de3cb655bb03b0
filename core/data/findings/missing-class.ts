import { splitNames } from '../prepared'
import { classCounts } from './class-counts'
import type { Finding } from './finding'
import type { FindingKind } from './kind'
import { leaveOutClass } from './leave-out-class'
import { listed } from './words'

/** Classes that have rows enough, and yet none in one of the splits. */
export const missingClass: FindingKind = {
  code: 'missing-class',
  label: 'classes that a split lacks',
  eachTarget: true,
  find: (scene) => {
    const { classes, counts, used } = classCounts(scene)
    const total = (i: number): number => splitNames.reduce((sum, name) => sum + counts[name][i]!, 0)
    return used.flatMap((split): Finding[] => {
      const absent = classes.filter((_, i) => counts[split][i] === 0 && total(i) >= used.length)
      if (absent.length === 0) return []
      return [
        {
          code: 'missing-class',
          severity: split === 'train' ? 'problem' : 'warning',
          expected: `rows of every class among the ${split} rows`,
          came: `none of ${listed(absent)}`,
          advice:
            split === 'train'
              ? 'A class that is never trained on is never predicted. Split in proportion to the classes.'
              : 'Scores there leave these classes out. Split in proportion to the classes.',
          place: { path: 'data.split' },
          columns: [scene.target.name],
          ...(scene.data.split.strategy !== 'stratified'
            ? {
                fix: {
                  label: 'Split in proportion to the classes',
                  change: { split: { strategy: 'stratified' as const } },
                },
              }
            : leaveOutClass(scene, absent[0]!)),
        },
      ]
    })
  },
}

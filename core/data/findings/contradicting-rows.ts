import { groupRows } from '../group-rows'
import { shownRows, type Finding } from './finding'
import type { Fix } from './fix'
import type { FindingKind } from './kind'
import type { Scene } from './scene'
import { percent, plural } from './words'

/** Rows with the same features and another class: no network can be right on all of them. */
export const contradictingRows: FindingKind = {
  code: 'contradicting-rows',
  label: 'rows alike in every feature that have different classes',
  eachTarget: true,
  find: (scene) => {
    const { classOf, predicted, splits } = scene
    if (!classOf || predicted.type === 'number') return []
    const { rows, firsts } = looked(scene)
    const classes = Int32Array.from(rows, classOf)
    const torn = new Set<number>()
    for (let i = 0; i < rows.length; i++) if (classes[i] !== classes[firsts[i]!]) torn.add(firsts[i]!)
    if (torn.size === 0) return []
    const members: number[] = []
    const counts = new Map<number, number[]>()
    for (let i = 0; i < rows.length; i++) {
      const group = firsts[i]!
      if (!torn.has(group)) continue
      members.push(rows[i]! + 1)
      const votes = counts.get(group) ?? new Array<number>(predicted.classes.length).fill(0)
      votes[classes[i]!]!++
      counts.set(group, votes)
    }
    const best = [...counts.values()].reduce((sum, votes) => sum + Math.max(...votes), 0)
    const bound = (rows.length - members.length + best) / rows.length
    const isTrained = new Set(splits.train)
    const untrained = members.filter((row) => isTrained.has(row - 1)).length
    const page: Finding = {
      code: 'contradicting-rows',
      severity: bound < 0.95 ? 'warning' : 'note',
      expected: 'rows with the same features to have the same class',
      came: `${plural(members.length, 'row')} in ${plural(torn.size, 'group')} that differ in their class alone; no network can be right on more than ${percent(bound)} of the rows`,
      advice:
        'Look whether the classes are right, or whether a column that tells the rows apart was left out.',
      columns: [],
      rows: members.slice(0, shownRows),
      // Where most rows contradict each other, the features say too little, and what is left would be no fair sample.
      ...(untrained > 0 && untrained <= splits.train.length / 2 && { fix: withoutThem }),
    }
    return [page]
  },
}

const withoutThem: Fix = {
  label: 'Leave contradicting rows out of the training',
  change: { contradictions: 'leave-out' },
}

/** All rows; or those of the training, where these are to be without contradictions and the others keep theirs. */
function looked({ rows, twins, data, splits, features }: Scene): { rows: Uint32Array; firsts: Uint32Array } {
  if (data.contradictions !== 'leave-out') return { rows, firsts: twins() }
  const columns = features.map(({ column }) => column)
  return { rows: splits.train, firsts: groupRows(columns, splits.train) }
}

import type { Finding } from './finding'
import { leaveOut } from './fix'
import type { FindingKind } from './kind'
import { oneColumnScore, type OneColumnScore, type Truth } from './one-column-score'
import { sampleWords, type Scene } from './scene'
import type { Column } from '../table'
import { isFilled } from '../target'
import { gather } from '../preparing/number-columns'
import { targetCopy } from './target-copy'
import { percent } from './words'

/** Fewer rows can be told apart by chance. */
const fewest = 30
/** Honest columns are rarely so good alone: petal width tells 93 % of what is to be told about iris. */
const suspicious = { classes: 0.98, numbers: 0.99 }

/** A feature that nearly gives the target away, such as a measurement made after it, or a copy with noise. */
export const targetLeak: FindingKind = {
  code: 'target-leak',
  label: 'columns that alone predict the target almost perfectly',
  eachTarget: true,
  find: (scene) => {
    // With one feature to learn from, that it tells the target is the point.
    if (scene.sample.length < fewest || scene.features.length < 2) return []
    const copies = new Set(scene.found(targetCopy).flatMap(({ columns }) => columns))
    return scene.features
      .filter(({ column }) => !copies.has(column.name))
      .flatMap(({ column }) => {
        const best = suspiciousScore(column, scene)
        return best ? [leak(column.name, best.score, best.gaps, scene)] : []
      })
  },
}

/**
 * Its gaps may be what gives the target away, or only hide it: judged with them, and where it is filled. Nothing where it
 * says too little either way.
 */
function suspiciousScore(column: Column, scene: Scene): { score: OneColumnScore; gaps: boolean } | undefined {
  const least = scene.classOf ? suspicious.classes : suspicious.numbers
  const score = oneColumnScore(column, scene.sample, truthOf(scene), least)
  const whole = score && { score, gaps: false }
  const sample = scene.sample.filter((row) => isFilled(column, row))
  if (sample.length === scene.sample.length || sample.length < Math.max(fewest, scene.sample.length / 2))
    return whole
  const filled = oneColumnScore(column, sample, truthOf({ ...scene, sample }), least)
  return filled && !(score && score.skill >= filled.skill) ? { score: filled, gaps: true } : whole
}

function truthOf({ sample, target, classOf, predicted }: Scene): Truth {
  if (classOf && predicted.type !== 'number')
    return { classes: Int32Array.from(sample, classOf), count: predicted.classes.length }
  return {
    numbers: 'values' in target ? gather(target.values, sample) : new Float64Array(sample.length).fill(NaN),
  }
}

const leak = (column: string, { score, baseline }: OneColumnScore, gaps: boolean, scene: Scene): Finding => ({
  code: 'target-leak',
  severity: 'warning',
  expected: `features that each know a part of "${scene.target.name}"`,
  came: scene.classOf
    ? `this column alone tells ${percent(score)} of rows right, each judged by the others (${percent(baseline)} without it; ${sampleWords(scene)}${gaps ? ', where it is filled' : ''})`
    : `this column alone explains ${percent(score)} of the variance, each row judged by the others (${sampleWords(scene)}${gaps ? ', where it is filled' : ''})`,
  advice:
    'If it is only known once the target is, or was made from it, leave it out. If it is known before, keep it and ignore this.',
  place: { column },
  columns: [column],
  fix: leaveOut(column),
})

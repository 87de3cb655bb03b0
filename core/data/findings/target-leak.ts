import type { Finding } from './finding'
import { leaveOut } from './fix'
import type { FindingKind } from './kind'
import { oneColumnScore, type OneColumnScore, type Truth } from './one-column-score'
import { sampleWords, type Scene } from './scene'
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
  find: (scene) => {
    // With one feature to learn from, that it tells the target is the point.
    if (scene.sample.length < fewest || scene.features.length < 2) return []
    const copies = new Set(targetCopy.find(scene).flatMap(({ columns }) => columns))
    const truth = truthOf(scene)
    const limit = 'classes' in truth ? suspicious.classes : suspicious.numbers
    return scene.features
      .filter(({ column }) => !copies.has(column.name))
      .map(({ column }) => ({ column, score: oneColumnScore(column, scene.sample, truth) }))
      .filter(({ score }) => score.skill >= limit)
      .map(({ column, score }) => leak(column.name, score, scene))
  },
}

function truthOf({ sample, target, classOf, predicted }: Scene): Truth {
  if (classOf && predicted.type !== 'number')
    return { classes: Int32Array.from(sample, classOf), count: predicted.classes.length }
  return { numbers: Float64Array.from(sample, (row) => ('values' in target ? target.values[row]! : NaN)) }
}

const leak = (column: string, { score, baseline }: OneColumnScore, scene: Scene): Finding => ({
  code: 'target-leak',
  severity: 'warning',
  expected: `features that each know a part of "${scene.target.name}"`,
  came: scene.classOf
    ? `this column alone tells ${percent(score)} of rows right, each judged by the others (${percent(baseline)} without it; ${sampleWords(scene)})`
    : `this column alone explains ${percent(score)} of the variance, each row judged by the others (${sampleWords(scene)})`,
  advice:
    'If it is only known once the target is, or was made from it, leave it out. If it is known before, keep it and ignore this.',
  place: { column },
  columns: [column],
  fix: leaveOut(column),
})

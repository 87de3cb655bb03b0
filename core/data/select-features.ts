import type { Experiment } from '../experiment/schema'
import type { ResolvedColumn } from './columns'
import { fitPreprocessing, type FittedPreprocessing, type PreprocessingSettings } from './preprocessing'
import type { FittedColumn } from './preparing/fitted'
import { relateTwo } from './profile/relation'
import { isCoded, type Column } from './table'
import { isFilled } from './target'

/** Fits the features on the training rows; with `select` only those that tell most about the target there. */
export function fitSelected(
  settings: PreprocessingSettings,
  rows: Uint32Array,
  select: Experiment['data']['select'],
): FittedPreprocessing {
  const all = fitPreprocessing(settings, rows)
  if (!select) return all
  const names = bestColumns(settings, all.preprocessing.features, rows, select.inputs)
  const features = settings.features.filter(({ column }) => names.has(column.name))
  return fitPreprocessing({ ...settings, features }, rows)
}

/**
 * The columns that tell most, in so many inputs together; texts, which are not compared, stay. The best one is always taken.
 * Ranked on the training rows alone, as a choice made with held-out rows would show in their scores (T. Hastie, R. Tibshirani
 * & J. Friedman, The Elements of Statistical Learning, 2009, 7.10.2).
 */
function bestColumns(
  { features, targets }: PreprocessingSettings,
  fitted: readonly FittedColumn[],
  rows: Uint32Array,
  inputs: number,
): Set<string> {
  const chosen = new Set(
    features.filter(({ column }) => column.type === 'text').map(({ column }) => column.name),
  )
  const ranked = features
    .filter(({ column }) => !chosen.has(column.name))
    .map((feature) => ({ feature, strength: meanStrength(feature, targets, rows) }))
    .sort((a, b) => b.strength - a.strength)
  let left = inputs
  for (const [place, { feature }] of ranked.entries()) {
    const width = widthOf(fitted.find(({ column }) => column === feature.column.name)!)
    if (width > left && place > 0) continue
    chosen.add(feature.column.name)
    left -= width
  }
  return chosen
}

const widthOf = ({ width, indicator }: FittedColumn): number => width + (indicator === undefined ? 0 : 1)

/** Over all targets, each counting alike. */
const meanStrength = (
  feature: ResolvedColumn,
  targets: readonly ResolvedColumn[],
  rows: Uint32Array,
): number => targets.reduce((sum, { column }) => sum + strengthOf(feature, column, rows), 0) / targets.length

/** The share of the target that a column explains, from 0 to 1, less what as many levels would by chance. */
function strengthOf({ column }: ResolvedColumn, target: Column, rows: Uint32Array): number {
  const both = rows.filter((row) => isFilled(column, row) && isFilled(target, row))
  if (both.length < 3) return 0
  const { measure, correlation, informationShare, bins } = relateTwo(column, target, both)
  if (measure === 'cramers-v') return informationShare
  const explained = correlation ** 2
  const levels = isCoded(column) ? bins[0] : 2
  return 1 - ((1 - explained) * (both.length - 1)) / Math.max(1, both.length - levels)
}

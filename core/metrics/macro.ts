import { z } from 'zod'
import { countsByClass, type ClassCounts } from './confusion'
import type { MetricKind } from './metric'

/** Settings of a metric: it has none. */
export const noSettings = z.strictObject({})

type Description = Pick<MetricKind, 'type' | 'order' | 'label' | 'help' | 'formula' | 'source'>

/** 0 where there is nothing to divide by, as scikit-learn's `zero_division=0`. */
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** A share of each class, averaged over all classes alike, however many rows each has; of a label that of the rows that have it. NaN without rows. */
export const macroMetric = (kind: Description, ofClass: (counts: ClassCounts) => number): MetricKind => ({
  ...kind,
  schema: noSettings,
  targets: ['binary', 'category'],
  better: 'higher',
  share: true,
  compute(scored) {
    if (scored.rows === 0) return NaN
    const counts = countsByClass(scored)
    const values = (scored.isLabel ? counts.slice(1) : counts).map(ofClass)
    return values.reduce((total, value) => total + value, 0) / values.length
  },
})

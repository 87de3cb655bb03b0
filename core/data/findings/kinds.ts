import { constantFeature } from './constant-feature'
import { contradictingRows } from './contradicting-rows'
import { futureInTraining } from './future-in-training'
import { historyAcrossSplits } from './history-across-splits'
import { identifier } from './identifier'
import type { FindingKind } from './kind'
import { lateTrainingRows } from './late-training-rows'
import { lookAlikeLevels } from './look-alike-levels'
import { markerNumbers } from './marker-number'
import { missingClass } from './missing-class'
import { mixedDecimals } from './mixed-decimals'
import { mixedUnits } from './mixed-units'
import { nearlyConstant } from './nearly-constant'
import { noValidation } from './no-validation'
import { numbersAsText } from './numbers-as-text'
import { outliers } from './outliers'
import { repeatedRows } from './repeated-rows'
import { rowsAcrossSplits } from './rows-across-splits'
import { smallClass } from './small-class'
import { targetCopy } from './target-copy'
import { targetLeak } from './target-leak'
import { wideTable } from './wide-table'

/** Every check of the guard, the gravest traps first. A check is one line here. */
export const findingKinds: readonly FindingKind[] = [
  targetCopy,
  targetLeak,
  rowsAcrossSplits,
  futureInTraining,
  lateTrainingRows,
  historyAcrossSplits,
  missingClass,
  smallClass,
  identifier,
  mixedDecimals,
  mixedUnits,
  numbersAsText,
  markerNumbers,
  outliers,
  lookAlikeLevels,
  constantFeature,
  nearlyConstant,
  repeatedRows,
  contradictingRows,
  wideTable,
  noValidation,
]

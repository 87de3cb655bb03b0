import type { Column } from '../table'
import type { ColumnFit, PreparedColumn, TrainingContext } from './column-fit'
import type { FittedColumn, FittedStep } from './fitted'
import { fitLevelColumn, openLevelColumn } from './level-columns'
import { fitNumberColumn, openNumberColumn } from './number-columns'
import type { EncoderKind } from './preparation'
import type { ColumnReader } from './reader'
import { encoders } from './registries'
import { fitTextColumn, openTextColumn } from './text-columns'

/** How columns are fitted and read whose encoding takes numbers, levels or texts. */
interface Family {
  fit(prepared: PreparedColumn, context: TrainingContext, shared?: FittedStep): ColumnFit
  open(fitted: FittedColumn, column: Column): ColumnReader
}

const families: Record<EncoderKind['takes'], Family> = {
  numbers: { fit: fitNumberColumn, open: openNumberColumn },
  levels: { fit: fitLevelColumn, open: openLevelColumn },
  texts: { fit: fitTextColumn, open: openTextColumn },
}

/** Fits one column on the training rows. `shared`: the scale that it has together with others. */
export const fitColumn: Family['fit'] = (prepared, context, shared) =>
  families[encoders.get(prepared.encode.type).takes].fit(prepared, context, shared)

/**
 * Makes a column of a table ready to be written as inputs.
 * @throws LabError `type-mismatch` for a column of another type than in training
 */
export const openColumn: Family['open'] = (fitted, column) =>
  families[encoders.get(fitted.encode.type).takes].open(fitted, column)

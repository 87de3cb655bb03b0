import type { DerivedSettings } from '../../experiment/schema'
import type { Column } from '../table'

/** What a derived column is made from. */
export interface DerivedContext {
  /** Of the table, and those derived before. */
  readonly columns: readonly Column[]
  readonly rowCount: number
  /** `further`: a table after training, which need not have every word that a formula compares with. */
  readonly origin: 'own' | 'further'
  /** Rows of each series in the order of time; made when asked for. */
  series(): readonly Uint32Array[]
}

/** What a column reads: for each column by name, how many rows ahead of its own row at most (negative: behind). */
export type Reach = ReadonlyMap<string, number>

/** One way to compute a column, with its own settings. */
export interface DerivedKind<Settings> {
  /** @throws LabError for columns it cannot use */
  make(name: string, settings: Settings, context: DerivedContext): Column
  /** The columns that it reads directly. */
  reads(settings: Settings, columns: readonly Column[]): Reach
}

export type DerivedWay = 'formula' | 'lag' | 'lead' | 'window'
export type SettingsOf<Way extends DerivedWay> = NonNullable<DerivedSettings[Way]>

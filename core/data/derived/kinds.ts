import type { DerivedSettings } from '../../experiment/schema'
import type { Column } from '../table'
import type { DerivedContext, DerivedKind, DerivedWay, Reach, SettingsOf } from './derived-kind'
import { formula } from './formula'
import { lag, lead } from './shift'
import { window } from './window'

/** All ways to compute a column. */
const derivedKinds: { readonly [Way in DerivedWay]: DerivedKind<SettingsOf<Way>> } = {
  formula,
  lag,
  lead,
  window,
}

/** How a column is computed: the one way that its settings name. */
export const wayOf = (derived: DerivedSettings): DerivedWay =>
  (Object.keys(derivedKinds) as DerivedWay[]).find((way) => derived[way] !== undefined)!

const kindOf = (derived: DerivedSettings): [DerivedKind<unknown>, unknown] => {
  const way = wayOf(derived)
  return [derivedKinds[way], derived[way]]
}

export function makeDerived(derived: DerivedSettings, context: DerivedContext): Column {
  const [kind, settings] = kindOf(derived)
  return kind.make(derived.name, settings, context)
}

export function readsOf(derived: DerivedSettings, columns: readonly Column[]): Reach {
  const [kind, settings] = kindOf(derived)
  return kind.reads(settings, columns)
}

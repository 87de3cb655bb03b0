import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ByTarget } from '../../../core/data/profile/by-target'
import type { TableProfile } from '../../../core/data/profile/profile-table'
import type { Relation } from '../../../core/data/profile/relation'
import type { RowFilter, RowsWish } from '../../../core/data/rows/rows-wish'
import { engine } from '../../engine'
import { useExperiment } from '../../stores/experiment'

/** What is looked at in the Data panel: the chosen column with its profile, and how the rows are sorted and filtered. */
export const useDataView = defineStore('data-view', () => {
  const lab = useExperiment()
  const wanted = ref<string | null>(null)
  const wantedTarget = ref<string | null>(null)
  const profile = shallowRef<TableProfile | null>(null)
  const byTarget = shallowRef<ByTarget | null>(null)
  const filters = shallowRef<readonly RowFilter[]>([])
  const sort = shallowRef<RowsWish['sort']>()
  /** Counts the times that the rows shall be looked at from the top. */
  const shows = ref(0)

  const columns = computed(() => lab.preview?.columns ?? [])
  /** What the columns are compared with: of several targets the one asked for, or the first. */
  const target = computed(() => {
    // The proposed roles are there with the first look at the table, long before all of it is prepared.
    const proposed = columns.value.filter(({ role }) => role === 'target').map(({ name }) => name)
    const names = lab.targetNames.length > 0 ? lab.targetNames : proposed
    return names.find((name) => name === wantedTarget.value) ?? names[0]
  })
  const compareWith = (name: string): void => void (wantedTarget.value = name)
  /** Where none was chosen, or it is gone: the target. */
  const column = computed(
    () =>
      columns.value.find(({ name }) => name === wanted.value) ??
      columns.value.find(({ name }) => name === target.value) ??
      columns.value[0],
  )
  const relations = computed<ReadonlyMap<string, Relation>>(
    () => new Map(profile.value?.relations.map((relation) => [relation.column, relation])),
  )

  /** Asks, and takes the answer unless something else was asked for in the meantime; what fails is told by the description. */
  const latest = <T>(take: (answer: T | null) => void) => {
    let asked = 0
    return (ask: () => Promise<T | null>): void => {
      const question = ++asked
      void ask().then(
        (answer) => question === asked && take(answer),
        () => question === asked && take(null),
      )
    }
  }
  const takeProfile = latest<TableProfile>((answer) => (profile.value = answer))
  const takeColumn = latest<ByTarget>((answer) => (byTarget.value = answer))
  // One after the other in the engine: what is looked at comes first.
  watch(
    () => [lab.preview, target.value, column.value?.name] as const,
    ([preview, goal, name]) =>
      takeColumn(async () => (preview && goal && name ? engine.profileColumn(lab.at(), name, goal) : null)),
    { immediate: true },
  )
  watch(
    () => [lab.preview, target.value] as const,
    ([preview, goal]) => takeProfile(async () => (preview && goal ? engine.profile(lab.at(), goal) : null)),
    { immediate: true },
  )
  // Another table has other columns; filters and order of the one before mean nothing in it.
  watch(columns, (now, before) => {
    const names = new Set(now.map(({ name }) => name))
    if (before.length > 0 && before.every(({ name }) => names.has(name))) return
    filters.value = []
    sort.value = undefined
  })

  const select = (name: string): void => void (wanted.value = name)
  /** A column has one filter of a kind at most; asking for the same again takes it away. */
  function filter(next: RowFilter): void {
    const others = filters.value.filter((filter) => !isSamePlace(filter, next))
    const isSame = filters.value.some((filter) => JSON.stringify(filter) === JSON.stringify(next))
    filters.value = isSame ? others : [...others, next]
  }
  const unfilter = (gone: RowFilter): void =>
    void (filters.value = filters.value.filter((filter) => filter !== gone))
  /** Only these rows of the file. */
  function showRows(rows: readonly number[]): void {
    filters.value = [{ kind: 'rows', rows }]
    sort.value = undefined
    shows.value++
  }
  /** Rising, falling, and as in the file. */
  function sortBy(name: string): void {
    const now = sort.value?.column === name ? sort.value : undefined
    sort.value = !now
      ? { column: name, descending: false }
      : now.descending
        ? undefined
        : { column: name, descending: true }
  }
  return {
    column,
    columns,
    target,
    compareWith,
    profile,
    relations,
    byTarget,
    filters,
    sort,
    shows,
    select,
    filter,
    unfilter,
    showRows,
    sortBy,
  }
})

const columnOf = (filter: RowFilter): string | undefined => ('column' in filter ? filter.column : undefined)
const isSamePlace = (a: RowFilter, b: RowFilter): boolean => a.kind === b.kind && columnOf(a) === columnOf(b)

import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Entry } from '../../../core/catalog/kind'
import type { LayerEntry } from '../../../core/experiment/schema'
import { layers } from '../../kinds'
import { useExperiment } from '../../stores/experiment'
import { useNotices } from '../../stores/notices'
import type { Preset } from './presets'
import { insertLayer, isFixed, lastGap, moveLayer, removeLayer } from './stack-edits'

const labelOf = (entry: LayerEntry | undefined): string =>
  entry && layers.has(entry.type) ? layers.get(entry.type).label : (entry?.type ?? '')

/** The stack as the design panel edits it: one layer is selected, and each edit is one step of undo that is read out. */
export const useStack = defineStore('stack', () => {
  const lab = useExperiment()
  const notices = useNotices()
  const wanted = ref(0)
  const entries = computed<readonly LayerEntry[]>(() => lab.experiment?.network ?? [])
  const selected = computed(() => Math.max(0, Math.min(wanted.value, entries.value.length - 1)))
  const entry = computed(() => entries.value[selected.value])

  const select = (index: number): void => void (wanted.value = index)

  function commit(label: string, network: readonly LayerEntry[], key = ''): void {
    lab.change(label, (draft) => void (draft.network = [...network]), key)
  }
  const place = (index: number): string => `layer ${index + 1} of ${entries.value.length}`

  /** Into a gap, or without one after the selected layer. */
  function add(type: string, gap = Math.min(selected.value + 1, lastGap(entries.value))): void {
    const { label } = layers.get(type)
    const { stack, at } = insertLayer(entries.value, gap, layers.create(type))
    commit(`add ${label}`, stack)
    select(at)
    notices.announce(`${label} added as ${place(at)}`)
  }

  function move(from: number, gap: number): void {
    const label = labelOf(entries.value[from])
    const { stack, at } = moveLayer(entries.value, from, gap)
    if (at === from) return notices.announce(`${label} stays ${place(from)}`)
    commit(`move ${label}`, stack)
    select(at)
    notices.announce(`${label} moved to ${place(at)}`)
  }

  function remove(index: number): void {
    const label = labelOf(entries.value[index])
    if (isFixed(entries.value, index)) return notices.announce('The output layer stays')
    commit(`remove ${label}`, removeLayer(entries.value, index))
    select(Math.min(index, entries.value.length - 1))
    notices.announce(`${label} removed, ${entries.value.length} layers left`)
  }

  function duplicate(index: number): void {
    const original = entries.value[index]
    if (!original || isFixed(entries.value, index)) return notices.announce('There is one output layer')
    const { stack, at } = insertLayer(entries.value, index + 1, structuredClone(original))
    commit(`duplicate ${labelOf(original)}`, stack)
    select(at)
    notices.announce(`${labelOf(original)} duplicated as ${place(at)}`)
  }

  function update(index: number, next: Entry, field: string): void {
    const network = entries.value.map((old, at) => (at === index ? next : old))
    commit(`change ${field} of ${labelOf(next)}`, network, `layer-${index}-${field}`)
  }

  function take(preset: Preset): void {
    commit(
      `take ${preset.label}`,
      preset.network.map((layer) => layers.parse(layer)),
    )
    select(0)
    notices.announce(`${preset.label}: ${entries.value.length} layers`)
  }

  return { entries, selected, entry, select, add, move, remove, duplicate, update, take }
})

import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Entry } from '../../../core/catalog/kind'
import type { LayerEntry } from '../../../core/experiment/schema'
import { layers } from '../../kinds'
import { useExperiment } from '../../stores/experiment'
import { useNotices } from '../../stores/notices'
import type { Preset } from './presets'
import { rowsOf } from './stack-rows'
import * as tree from './stack-tree'
import type { Place } from './stack-tree'

const labelOf = (entry: LayerEntry | undefined): string =>
  entry && layers.has(entry.type) ? layers.get(entry.type).label : (entry?.type ?? '')

/** The stack as the design panel edits it: one layer is selected, and each edit is one step of undo that is read out. */
export const useStack = defineStore('stack', () => {
  const lab = useExperiment()
  const notices = useNotices()
  const wanted = ref<Place>('0')
  /** With the layers inside blocks, also where the file leaves them to their defaults. */
  const entries = computed<readonly LayerEntry[]>(() => tree.withBranches(lab.experiment?.network ?? []))
  const rows = computed(() => rowsOf(entries.value, lab.network?.layers ?? [], lab.network?.problems ?? []))
  const places = computed(() => rows.value.flatMap((row) => (row.kind === 'layer' ? [row.place] : [])))
  const selected = computed<Place>(() => tree.nearest(entries.value, wanted.value))
  const row = computed(() =>
    rows.value.find((each) => each.kind === 'layer' && each.place === selected.value),
  )
  const entry = computed(() => tree.entryAt(entries.value, selected.value))

  const select = (place: Place): void => void (wanted.value = place)

  function commit(label: string, network: readonly LayerEntry[], key = ''): void {
    lab.change(label, (draft) => void (draft.network = [...network]), key)
  }
  /** `layer 2 of 5`, `layer 1 of 3 in Residual` */
  function inWords(place: Place): string {
    const { list, index } = tree.positionOf(place)
    const block = tree.blockOf(list)
    const where = block === undefined ? '' : ` in ${labelOf(tree.entryAt(entries.value, block))}`
    return `layer ${index + 1} of ${tree.listAt(entries.value, list).length}${where}`
  }
  function take(label: string, { network, at }: tree.Edited): void {
    commit(label, network)
    select(at)
  }

  function gapAfterSelected(): Place {
    if (!entries.value.length) return '0'
    const { list, index } = tree.positionOf(selected.value)
    return tree.placeOf({ list, index: index + 1 })
  }
  /** Into a gap, or without one after the selected layer. */
  function add(type: string, gap: Place = gapAfterSelected()): void {
    const { label } = layers.get(type)
    const { list, index } = tree.positionOf(gap)
    const edited = tree.insertAt(entries.value, tree.placeOf({ list, index }), layers.create(type))
    take(`add ${label}`, edited)
    notices.announce(`${label} added as ${inWords(edited.at)}`)
  }

  function move(from: Place, gap: Place): void {
    const label = labelOf(tree.entryAt(entries.value, from))
    const edited = tree.moveTo(entries.value, from, gap)
    if (edited.at === from && edited.network.length === entries.value.length) {
      if (tree.isLastInside(entries.value, from)) return notices.say(lastStays(from))
      return notices.announce(`${label} stays ${inWords(from)}`)
    }
    take(`move ${label}`, edited)
    notices.announce(`${label} moved to ${inWords(edited.at)}`)
  }
  function step(from: Place, direction: -1 | 1): void {
    move(from, tree.stepGap(entries.value, from, direction) ?? from)
  }

  /** A block needs a layer: said where it can be seen, since nothing else tells why nothing happens. */
  function lastStays(place: Place): string {
    const block = tree.blockOf(tree.positionOf(place).list)
    const name = block === undefined ? 'block' : labelOf(tree.entryAt(entries.value, block))
    return `The last layer in ${name} stays; remove the whole block instead.`
  }

  function remove(place: Place): void {
    const label = labelOf(tree.entryAt(entries.value, place))
    if (tree.staysPut(entries.value, place)) return notices.announce('The output layer stays')
    if (tree.isLastInside(entries.value, place)) return notices.say(lastStays(place))
    commit(`remove ${label}`, tree.removeAt(entries.value, place))
    select(place)
    notices.announce(`${label} removed, ${entries.value.length} layers left`)
  }

  function duplicate(place: Place): void {
    const original = tree.entryAt(entries.value, place)
    if (!original || tree.staysPut(entries.value, place)) return notices.announce('There is one output layer')
    const { list, index } = tree.positionOf(place)
    const gap = tree.placeOf({ list, index: index + 1 })
    const edited = tree.insertAt(entries.value, gap, structuredClone(original))
    take(`duplicate ${labelOf(original)}`, edited)
    notices.announce(`${labelOf(original)} duplicated as ${inWords(edited.at)}`)
  }

  function update(place: Place, next: Entry, field: string): void {
    const network = tree.replaceAt(entries.value, place, next)
    commit(`change ${field} of ${labelOf(next)}`, network, `layer-${place}-${field}`)
  }

  /** A preset's network, and where its data must be read in another way, that too; one step of undo. */
  function takePreset(preset: Preset): void {
    lab.change(`take ${preset.label}`, (draft) => {
      draft.network = preset.network.map((layer) => layers.parse(layer))
      preset.prepare?.(draft)
    })
    select('0')
    notices.announce(`${preset.label}: ${entries.value.length} layers`)
  }

  return {
    entries,
    rows,
    places,
    selected,
    row,
    entry,
    select,
    add,
    move,
    step,
    remove,
    duplicate,
    update,
    takePreset,
  }
})

/**
 * The open experiment. For the panels:
 *
 *   const lab = useExperiment()
 *   lab.experiment                        plain data, replaced and never changed in place; null on the welcome page
 *   lab.change('change the loss', (draft) => { draft.loss = … }, 'loss')   one step of undo; the key joins fast repeats
 *   lab.preview / lab.description         what the engine tells of the data; kept while newer answers are on their way
 *   lab.network / lab.loss / lab.target   shapes and parameters of the stack, the loss in force, what is predicted
 *   lab.targetNames                       the columns that are predicted
 *   lab.problems.data / .design / .train  help pages of what keeps the experiment from being trained
 *   lab.findings                          what the guard found in the data, the gravest first; those taken as they are marked
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { LabError, toHelpPage } from '../../core/errors/lab-error'
import type { HelpPage } from '../../core/errors/lab-error'
import type { DataSource, Experiment } from '../../core/experiment/schema'
import { rankFindings } from '../../core/data/findings/rank'
import type { Finding, Findings } from '../../core/data/findings/finding'
import type { TargetDescription } from '../../core/data/prepared'
import { isSample, mapSource, sourceList } from '../../core/data/source-list'
import { targetColumns } from '../../core/data/target-parts'
import { writeExperiment } from '../../core/experiment/write'
import { describeNetwork } from '../../core/network/describe'
import { findRawCodes } from '../../core/network/raw-codes'
import { resolveNetwork } from '../../core/network/resolve'
import { settingProblems } from '../../core/training/setting-problems'
import type { DataDescription, ExperimentAt, TablePreview } from '../../core/protocol/contract'
import { desktop } from '../desktop'
import { engine } from '../engine'
import { fileNameFor, fileNameOf, folderOf, moveSource } from '../paths'
import { readExperimentText } from './experiment-file'
import { createHistory } from './history'
import { lossInForce } from './loss-in-force'
import { createReading } from './reading'

/** Typing in a data setting asks the engine this long after the last letter, in milliseconds. */
const settle = 200

export const useExperiment = defineStore('experiment', () => {
  const history = createHistory<Experiment>()
  const experiment = history.value
  const folder = ref('')
  const filePath = ref<string | null>(null)
  const saved = shallowRef<Experiment | null>(null)
  const preview = shallowRef<TablePreview | null>(null)
  const description = shallowRef<DataDescription | null>(null)
  const dataProblem = shallowRef<HelpPage | null>(null)
  /** What the guard says of a table that cannot be prepared. */
  const inspection = shallowRef<Findings | null>(null)
  const isReading = ref(false)
  const isOpening = ref(false)
  /** Counts what was opened, so that the same file opened again is described again. */
  const opened = ref(0)

  const isDirty = computed(() => experiment.value !== saved.value)
  const title = computed(
    () => experiment.value?.name || (filePath.value ? fileNameOf(filePath.value) : '') || 'Untitled',
  )
  const target = computed<TargetDescription | null>(() => description.value?.target ?? null)
  const targetNames = computed(() => (target.value ? targetColumns(target.value) : []))
  const loss = computed(() => experiment.value && lossInForce(experiment.value, target.value))
  const definition = computed(() => {
    if (!experiment.value || !description.value) return null
    const { network: stack, loss: named } = experiment.value
    const { inputs, target: predicted } = description.value
    return { layers: stack, loss: named, inputs: inputs.length, target: predicted }
  })
  const network = computed(() => definition.value && describeNetwork(definition.value))
  const trainProblems = computed(() => {
    if (!experiment.value || !target.value) return []
    const fits = definition.value && network.value?.problems.length === 0
    return settingProblems(experiment.value, target.value, fits ? resolveNetwork(definition.value) : null)
  })

  /** What keeps the experiment from being trained. */
  const problems = computed(() => ({
    data: dataProblem.value ? [dataProblem.value] : [],
    design: network.value?.problems ?? [],
    train: trainProblems.value,
  }))
  const rawCodes = computed(() =>
    definition.value && description.value ? findRawCodes(definition.value, description.value.codes) : [],
  )
  /** How many checks the guard made. */
  const checks = computed(() => (dataProblem.value ? inspection.value : description.value)?.checks ?? 0)
  /** What the guard found in the data; where they cannot be prepared, in the cells alone. */
  const findings = computed<readonly Finding[]>(() =>
    rankFindings(
      dataProblem.value
        ? (inspection.value?.findings ?? [])
        : [...(description.value?.findings ?? []), ...rawCodes.value],
      experiment.value?.data.accepted,
    ),
  )
  const isReady = computed(
    () =>
      !!network.value && !isReading.value && Object.values(problems.value).every((pages) => !pages.length),
  )

  const at = (): ExperimentAt => {
    if (!experiment.value) throw new Error('no experiment is open')
    return { experiment: experiment.value, folder: folder.value }
  }
  /** @throws LabError when the data cannot be described yet */
  function requireTarget(): TargetDescription {
    if (target.value && !dataProblem.value) return target.value
    throw new LabError(
      dataProblem.value ?? {
        code: 'no-target',
        expected: 'data that is read and has a target',
        came: 'none yet',
        advice: 'Wait until the Data panel has read the file, or look there for what is wrong.',
      },
    )
  }

  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Reads the data again. An answer that a newer question has overtaken is dropped. */
  async function refresh(withPreview: boolean): Promise<void> {
    const question = ++asked
    if (!experiment.value) return
    isReading.value = true
    try {
      if (withPreview) {
        const seen = await engine.preview(at())
        if (question !== asked) return
        preview.value = seen
      }
      const described = await engine.describe(at())
      if (question !== asked) return
      description.value = described
      dataProblem.value = null
    } catch (error) {
      if (question !== asked) return
      dataProblem.value = toHelpPage(error)
      inspection.value = null
      const seen = await engine.inspect(at()).catch(() => null)
      if (question === asked) inspection.value = seen
    } finally {
      if (question === asked) isReading.value = false
    }
  }

  /** What the table's reading depends on, apart from roles, scales and split. */
  const readingOf = ({ data }: Experiment): string => {
    const types = Object.entries(data.columns).map(([name, { type, role, unreadable, reading }]) => [
      name,
      type,
      role === 'ignore',
      // Lags and windows go along time and within groups.
      data.derived && (role === 'time' || role === 'group') && role,
      unreadable,
      reading,
    ])
    return JSON.stringify([data.source, data.format, data.csv, types, data.derived])
  }
  let read = ''
  let pendingPreview = false
  watch(
    // The loss matters too: a target of words does not fit a loss that compares numbers.
    () =>
      experiment.value &&
      // What is accepted of the data changes nothing in them.
      JSON.stringify([
        opened.value,
        { ...experiment.value.data, accepted: undefined },
        experiment.value.loss?.type,
      ]),
    (now) => {
      if (!now) return
      const reading = readingOf(experiment.value!)
      pendingPreview ||= reading !== read
      read = reading
      isReading.value = true
      clearTimeout(timer)
      timer = setTimeout(() => {
        const withPreview = pendingPreview
        pendingPreview = false
        void refresh(withPreview)
      }, settle)
    },
  )

  /** Puts another experiment in the window; unsaved changes were asked about before. */
  function install(next: Experiment, where: string, file: string | null, seen: TablePreview | null): void {
    asked++
    clearTimeout(timer)
    pendingPreview = false
    read = readingOf(next)
    folder.value = where
    filePath.value = file
    preview.value = seen
    description.value = null
    dataProblem.value = null
    saved.value = next
    opened.value++
    history.reset(next)
    // The watcher above runs after this and asks for the description; a preview is asked for where there is none.
    pendingPreview = seen === null
  }

  /** Opens a file of data, several of one shape, or `sample:NAME` as a new experiment. @throws LabError */
  async function openData(source: DataSource): Promise<void> {
    await opening(async () => {
      const { at: proposed, preview: seen } = await engine.propose(source)
      install(proposed.experiment, proposed.folder, null, seen)
      reading.opened(null, seen)
      if (!sourceList(source).some(isSample)) await desktop.addRecent(source)
    })
  }

  async function openExperiment(path: string): Promise<void> {
    await opening(async () => {
      const file = await desktop.readExperiment(path)
      install(readExperimentText(file.text, file.path), folderOf(file.path), file.path, null)
      reading.opened(null, null)
    })
  }

  async function opening(task: () => Promise<void>): Promise<void> {
    isOpening.value = true
    try {
      await task()
    } finally {
      isOpening.value = false
    }
  }

  /** Opens what was dropped, chosen or named, after asking about unsaved changes. @returns whether it was opened */
  async function open(source: DataSource): Promise<boolean> {
    if (!(await desktop.mayDiscard())) return false
    const isExperiment =
      typeof source === 'string' && !isSample(source) && (await desktop.isExperiment(source))
    await (isExperiment ? openExperiment(source) : openData(source))
    return true
  }

  /** Back to the welcome page. */
  async function close(): Promise<boolean> {
    if (!(await desktop.mayDiscard())) return false
    asked++
    history.reset(null)
    saved.value = null
    filePath.value = null
    preview.value = null
    description.value = null
    dataProblem.value = null
    return true
  }

  /** Saves; asks for a place when there is none yet or `elsewhere` is set. @returns false when cancelled */
  async function save(elsewhere = false): Promise<boolean> {
    const current = experiment.value
    if (!current) return false
    // The dialog comes first, since a source that is relative to the file's folder is written for that folder.
    const known = elsewhere ? null : filePath.value
    const suggestedName = fileNameFor(current.name || 'experiment', '.nabla.json')
    const path = await desktop.saveExperiment({
      text: writeExperiment(current),
      path: known,
      suggestedName,
    })
    if (path === null) return false
    await settleIn(current, path)
    return true
  }

  /** After a save in another folder: the source is written again as seen from there. */
  async function settleIn(current: Experiment, path: string): Promise<void> {
    const to = folderOf(path)
    const source = mapSource(current.data.source, (name) => moveSource(name, folder.value, to))
    filePath.value = path
    folder.value = to
    if (String(source) === String(current.data.source)) {
      saved.value = current
      return
    }
    const moved = { ...current, data: { ...current.data, source } }
    await desktop.saveExperiment({ text: writeExperiment(moved), path })
    read = readingOf(moved)
    history.reset(moved)
    saved.value = moved
  }

  /** One change, made on a copy; the same `key` in quick succession makes one step of undo. */
  function change(label: string, edit: (draft: Experiment) => unknown, key = ''): void {
    if (!experiment.value) return
    const draft = structuredClone(experiment.value)
    edit(draft)
    if (JSON.stringify(draft) !== JSON.stringify(experiment.value)) history.push(draft, label, key)
  }

  /** The table is another file now, with the same content: a copy elsewhere. */
  function moveData(path: string): void {
    const source = moveSource(fileNameOf(path), folderOf(path), folder.value)
    change('save the table elsewhere', (draft) => (draft.data.source = source))
  }
  const reading = createReading({ experiment, folder, at, change, install })

  return {
    experiment,
    folder,
    filePath,
    preview,
    description,
    dataProblem,
    checks,
    isReading,
    isOpening,
    isDirty,
    title,
    target,
    targetNames,
    loss,
    network,
    problems,
    findings,
    isReady,
    undoLabel: history.undoLabel,
    redoLabel: history.redoLabel,
    undo: history.undo,
    redo: history.redo,
    at,
    requireTarget,
    refresh,
    open,
    close,
    save,
    change,
    found: reading.found,
    lookForFound: reading.lookForFound,
    openUnread: reading.openUnread,
    changeReading: reading.changeReading,
    moveData,
  }
})

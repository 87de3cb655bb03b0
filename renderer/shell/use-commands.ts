import { computed, onMounted, onUnmounted, watch } from 'vue'
import type { DataSource } from '../../core/experiment/schema'
import type { MenuState } from '../../electron/contract/menu'
import { panels } from '../../electron/contract/menu'
import { desktop } from '../desktop'
import { sourceOf } from '../paths'
import { exportsOffered, onCommand, runCommand } from '../stores/commands'
import { useExperiment } from '../stores/experiment'
import { useNotices } from '../stores/notices'
import { useRuns } from '../stores/runs'
import { openTrainDialog, trainDialogs } from '../stores/train-dialogs'
import type { TrainDialog } from '../stores/train-dialogs'
import { useWindow } from '../stores/window'
import { commandOf } from './keys'

/** The commands that the shell itself carries out, the keys that lead to them, and the state that the menu shows. */
export function useCommands(openSource: OpenSource): void {
  const stops = [...experimentCommands(openSource), ...panelCommands(), ...runCommands()]
  const onKey = (event: KeyboardEvent): void => {
    const command = commandOf(event)
    if (!command || !runCommand(command)) return
    event.preventDefault()
    event.stopPropagation()
  }
  onMounted(() => {
    // Before the element with the focus: Ctrl+Enter must not press the switch or open the list that it is on as well.
    window.addEventListener('keydown', onKey, true)
    stops.push(desktop.onMenu((command) => void runCommand(command)))
  })
  onUnmounted(() => {
    window.removeEventListener('keydown', onKey, true)
    for (const stop of stops) stop()
  })
  keepMenu()
}

/** Opens a source and tells what keeps it from being opened. */
type OpenSource = (source: DataSource) => Promise<unknown>

function experimentCommands(openSource: OpenSource) {
  const lab = useExperiment()
  const notices = useNotices()
  const save = (elsewhere: boolean) => () =>
    notices.guard(async () => {
      if (await lab.save(elsewhere)) notices.say(`Saved as ${lab.filePath ?? ''}`)
    })
  const travel = (act: () => string | undefined, word: string) => () => {
    const label = act()
    if (label !== undefined) notices.announce(`${word}: ${label}`)
  }
  const open = () =>
    notices.guard(async () => {
      const paths = await desktop.openExperimentDialog()
      if (paths !== null) await openSource(sourceOf(paths))
    })
  const paste = () => notices.guard(async () => openSource(await desktop.pasteTable()))
  return [
    onCommand('new', () => notices.guard(() => lab.close())),
    onCommand('open', open),
    onCommand('paste-table', paste),
    onCommand('save', save(false)),
    onCommand('save-as', save(true)),
    onCommand('undo', travel(lab.undo, 'Undone')),
    onCommand('redo', travel(lab.redo, 'Redone')),
  ]
}

function panelCommands() {
  const view = useWindow()
  return panels.map((name) => onCommand(`panel:${name}`, () => view.show(name)))
}

function runCommands() {
  const lab = useExperiment()
  const runs = useRuns()
  const notices = useNotices()
  const view = useWindow()
  const onCurrent = (act: (id: string) => Promise<void>) => () => {
    const run = runs.current
    if (run) void notices.guard(() => act(run.id))
  }
  const start = () =>
    notices.guard(async () => {
      if (!lab.experiment) return
      await runs.start()
      view.show('train')
    })
  const toggle = () => {
    const status = runs.current?.status.value
    if (status === 'running') onCurrent(runs.pause)()
    else if (status === 'paused') onCurrent(runs.resume)()
    else void start()
  }
  const ask = (dialog: TrainDialog) =>
    onCommand(dialog, () => {
      view.show('train')
      // What keeps it from being trained is told there.
      if (lab.isReady) openTrainDialog.value = dialog
    })
  return [
    ...trainDialogs.map(ask),
    onCommand('run', toggle),
    onCommand('stop', onCurrent(runs.stop)),
    onCommand(
      'step-batch',
      onCurrent((id) => runs.step(id, 'batch')),
    ),
    onCommand(
      'step-epoch',
      onCurrent((id) => runs.step(id, 'epoch')),
    ),
  ]
}

/** Characters of the window's title: more than any screen shows. */
const longestTitle = 200

/** Tells the native menu and the title what can be done, whenever it changes. */
function keepMenu(): void {
  const lab = useExperiment()
  const runs = useRuns()
  const view = useWindow()
  const run = computed<MenuState['run']>(() => {
    const status = runs.current?.status.value
    if (!lab.experiment) return 'none'
    if (status === 'running' || status === 'paused') return status
    return lab.isReady ? 'ready' : 'none'
  })
  const state = computed<MenuState>(() => ({
    experiment: lab.experiment !== null,
    canUndo: lab.undoLabel !== undefined,
    canRedo: lab.redoLabel !== undefined,
    run: run.value,
    panel: lab.experiment ? view.panel : null,
    exports: exportsOffered.value.map(({ id, label }) => ({ id, label })),
  }))
  watch(state, (next) => void desktop.setMenuState(next), { immediate: true })
  watch(
    () => [lab.isDirty, lab.experiment ? lab.title : ''] as const,
    ([dirty, title]) => void desktop.setDirty(dirty, title.slice(0, longestTitle)),
    { immediate: true },
  )
}

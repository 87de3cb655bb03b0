/** The panels in the order of the flow; Ctrl+1 opens the first. */
export const panels = ['data', 'design', 'train', 'evaluate', 'predict', 'export'] as const
export type PanelName = (typeof panels)[number]

/** What the menu asks of the window. `export:ID` carries an id that the window gave with its menu state. */
export type MenuCommand =
  | 'new'
  | 'open'
  | 'save'
  | 'save-as'
  | 'undo'
  | 'redo'
  | 'paste-table'
  | 'run'
  | 'step-batch'
  | 'step-epoch'
  | 'stop'
  | 'cross-validate'
  | 'repeat'
  | 'find-rate'
  | 'self-test'
  | `panel:${PanelName}`
  | `export:${string}`

/** What the window tells the menu, so that an item is enabled only when it does something. */
export interface MenuState {
  /** An experiment is open: it can be saved and its panels be shown. */
  readonly experiment: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** `none`: nothing to train; `ready`: Start; `running`: Pause; `paused`: Resume and Step. */
  readonly run: 'none' | 'ready' | 'running' | 'paused'
  readonly panel: PanelName | null
  /** File > Export, in this order. */
  readonly exports: readonly { readonly id: string; readonly label: string }[]
}

export const emptyMenuState: MenuState = {
  experiment: false,
  canUndo: false,
  canRedo: false,
  run: 'none',
  panel: null,
  exports: [],
}

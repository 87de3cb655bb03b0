import { ChartSpline, FileQuestionMark, Layers, PackageOpen, Play, Table2 } from '@lucide/vue'
import { defineAsyncComponent } from 'vue'
import type { Component } from 'vue'
import type { PanelName } from '../../electron/contract/menu'

export interface Panel {
  readonly name: PanelName
  readonly label: string
  readonly icon: Component
  readonly component: Component
}

const lazy = (load: () => Promise<{ default: Component }>): Component => defineAsyncComponent(load)

/** The panels in the order of the flow; each lives in the folder of its name. A panel is one line here. */
export const panels: readonly Panel[] = [
  { name: 'data', label: 'Data', icon: Table2, component: lazy(() => import('./data/DataPanel.vue')) },
  {
    name: 'design',
    label: 'Design',
    icon: Layers,
    component: lazy(() => import('./design/DesignPanel.vue')),
  },
  { name: 'train', label: 'Train', icon: Play, component: lazy(() => import('./train/TrainPanel.vue')) },
  {
    name: 'evaluate',
    label: 'Evaluate',
    icon: ChartSpline,
    component: lazy(() => import('./evaluate/EvaluatePanel.vue')),
  },
  {
    name: 'predict',
    label: 'Predict',
    icon: FileQuestionMark,
    component: lazy(() => import('./predict/PredictPanel.vue')),
  },
  {
    name: 'export',
    label: 'Export',
    icon: PackageOpen,
    component: lazy(() => import('./export/ExportPanel.vue')),
  },
]

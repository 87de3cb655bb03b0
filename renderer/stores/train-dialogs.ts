import { shallowRef } from 'vue'

/** The other ways to train: each has a dialog that asks what it needs, and a command of the same name. */
export const trainDialogs = ['cross-validate', 'repeat', 'find-rate'] as const
export type TrainDialog = (typeof trainDialogs)[number]

/** The one that is open. The Train panel shows it. */
export const openTrainDialog = shallowRef<TrainDialog | null>(null)

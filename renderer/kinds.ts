/** The registries that the window shows, in one place. */
export { layers } from '../core/layers/registry'
export { losses } from '../core/losses/registry'
export { optimizers } from '../core/optimizers/registry'
export { schedules } from '../core/schedules/registry'

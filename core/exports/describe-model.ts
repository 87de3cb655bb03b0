import type { TrainedModel } from './export'

/** All of a model but its numbers, as it travels with the exports. */
export const describeModel = ({ experiment, preprocessing, fingerprint }: TrainedModel) => ({
  format: 'nabla-lab',
  version: 1,
  name: experiment.name,
  fingerprint,
  experiment,
  preprocessing,
})

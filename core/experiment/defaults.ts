import { experimentSchema, type DataSource, type Experiment, type LayerEntry } from './schema'

/** The smallest experiment on a source: every default in place, and no hidden layer. */
export function createExperiment(
  source: DataSource,
  network: readonly LayerEntry[] = [{ type: 'output' }],
): Experiment {
  return experimentSchema.parse({ nabla: 1, data: { source }, network })
}

import { describe, expect, it } from 'vitest'
import { migratePreprocessing } from '../../../../core/data/preparing/migrate'
import { prepareData } from '../../../../core/data/prepare'
import { preprocessingSchema } from '../../../../core/node/run-folder/preprocessing-schema'
import { experimentOn, tableOf } from '../tables'
import old from './old-preprocessing.json'
import { oldCells, oldExperiment } from './old-run'

const experiment = experimentOn(oldExperiment)
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a preprocessing.json of version 1', () => {
  it('becomes what this version fits on the same table, number for number', () => {
    const { preprocessing } = prepareData(tableOf(oldCells), experiment)
    expect(old.version).toBe(1)
    expect(migratePreprocessing(old, experiment.data.columns)).toEqual(plain(preprocessing))
  })

  it('is then accepted like one of this version', () => {
    expect(() => preprocessingSchema.parse(old)).toThrow()
    const migrated = migratePreprocessing(old, experiment.data.columns)
    expect(plain(preprocessingSchema.parse(migrated))).toEqual(migrated)
  })

  it('stays as it is where it is of this version, or of none', () => {
    const { preprocessing } = prepareData(tableOf(oldCells), experiment)
    expect(migratePreprocessing(preprocessing, {})).toBe(preprocessing)
    expect(migratePreprocessing('nonsense', {})).toBe('nonsense')
  })
})

/// <reference path="./peers/program-raw.d.ts" />
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { figure } from '../../metrics/metric-text'
import { textTable } from '../cli/text-table'
import { findPython, type ProgramCall } from './contestants'
import pandas from './peers/pandas.py?raw'
import { lastObject, type RunProgram } from './run-program'
import { median } from './statistics'
import { tableRows, writeTable } from './table-file'
import type { TableAnswer } from './table-job'

/** How fast a program reads W7, a CSV file of a million rows, with all cores of the computer. */
export interface TableRace {
  readonly name: string
  /** Of all rounds; the first reading of each process is not among them. */
  readonly seconds: readonly number[]
  /** First readings: of a process that has just started. */
  readonly first: readonly number[]
  readonly peakMiB: readonly number[]
}

export interface TableRaceOptions {
  readonly folder: string
  readonly rounds: number
  readonly runs: number
  readonly program: string
  readonly peers: boolean
  readonly run: RunProgram
}

/** Ours from the file to training-ready data, and pandas' `read_csv` alone, in turn. */
export async function raceTables(options: TableRaceOptions): Promise<TableRace[]> {
  const { folder, rounds, runs, program, peers, run } = options
  const file = join(folder, 'w7.csv')
  writeTable(file, tableRows)
  const python = peers ? findPython('pandas') : undefined
  const racers: { name: string; call: ProgramCall }[] = [
    {
      name: 'nabla: to training-ready data',
      call: { words: [process.execPath, program, '--table', file, '--runs', String(runs)] },
    },
    ...(python
      ? [{ name: 'pandas: read_csv alone', call: { words: [python, '-c', pandas, file, String(runs)] } }]
      : []),
  ]
  const answers = racers.map((): TableAnswer[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, { call }] of racers.entries()) answers[i]!.push(lastObject<TableAnswer>(await run(call)))
  rmSync(file)
  return racers.map(({ name }, i) => ({
    name,
    seconds: answers[i]!.flatMap(({ seconds }) => seconds),
    first: answers[i]!.map(({ first }) => first),
    peakMiB: answers[i]!.map(({ peakMiB }) => peakMiB),
  }))
}

/** Seconds and memory of each, and what ours are of the other's. */
export function tableRaceText(races: readonly TableRace[]): string {
  const [own] = races
  const rows = races.map((race) => [
    race.name,
    ...[median(race.seconds), Math.min(...race.seconds), median(race.first), median(race.peakMiB)].map(
      figure,
    ),
    ...(race === own
      ? ['', '']
      : [
          `${(median(own!.seconds) / median(race.seconds)).toFixed(2)}×`,
          `${(median(own!.peakMiB) / median(race.peakMiB)).toFixed(2)}×`,
        ]),
  ])
  return textTable(
    [
      'W7: a CSV file of a million rows',
      'median s',
      'fastest s',
      'first s',
      'peak MiB',
      'ours of it: time',
      'memory',
    ],
    rows,
  )
}

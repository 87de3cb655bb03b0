/// <reference path="./peers/program-raw.d.ts" />
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Job } from './job'
import fann from './peers/fann.c?raw'
import pytorch from './peers/pytorch.py?raw'
import scikitLearn from './peers/scikit-learn.py?raw'
import tfjs from './peers/tfjs.cjs?raw'
import type { Workload } from './workloads'

/** A program to start: its words, and the folder that it runs in where that matters. */
export interface ProgramCall {
  readonly words: readonly string[]
  readonly folder?: string
}

/** Somebody who can train the workloads. */
export interface Contestant {
  readonly name: string
  /** Ours. */
  readonly own: boolean
  readonly takes: (workload: Workload) => boolean
  /** Timed trainings in a turn at the most, for those who take minutes. */
  readonly most?: number
  readonly call: (job: Job) => ProgramCall
}

export interface ContestantOptions {
  /** Our own program, which trains a job when it is called with `--train JOB`. */
  readonly program: string
  /** One of ours for each. */
  readonly backends: readonly string[]
  /** Ours alone, when false. */
  readonly peers: boolean
  /** Where a peer may be built. */
  readonly folder: string
  /** A folder whose `node_modules` has TensorFlow.js; left out, it does not take part. */
  readonly tfjs?: string
}

const all = (): boolean => true

/** Ours first, then the peers that are installed on this machine. */
export function findContestants(options: ContestantOptions): Contestant[] {
  const { program, backends, peers, folder, tfjs: tfjsFolder } = options
  const ours = backends.map((backend): Contestant => ({
    name: `nabla ${backend}`,
    own: true,
    takes: all,
    call: (job) => ({
      words: [process.execPath, program, '--train', JSON.stringify(job), '--backends', backend],
    }),
  }))
  if (!peers) return ours
  return [
    ...ours,
    ...pythonPeer('PyTorch', 'torch', pytorch, all),
    // Its networks have dense layers only, and it has no loss for numbers that could be compared.
    ...pythonPeer('scikit-learn', 'sklearn', scikitLearn, ({ type }) => type === 'dense'),
    ...(tfjsFolder === undefined || !hasTfjs(tfjsFolder) ? [] : [tfjsPeer(tfjsFolder)]),
    ...fannPeer(folder),
  ]
}

/** Debian's own Python first: that is where its packages are. */
const pythons = ['/usr/bin/python3', 'python3']

/** A Python that has this module. */
export const findPython = (module: string): string | undefined =>
  pythons.find((path) => succeeds([path, '-c', `import ${module}`]))

function pythonPeer(name: string, module: string, program: string, takes: Contestant['takes']): Contestant[] {
  const python = findPython(module)
  if (python === undefined) return []
  return [
    { name, own: false, takes, call: (job) => ({ words: [python, '-c', program, JSON.stringify(job)] }) },
  ]
}

const hasSmallLayers = ({ widths = [Infinity] }: Workload): boolean => Math.max(...widths) <= 128

const tfjsPeer = (folder: string): Contestant => ({
  name: 'tfjs wasm',
  own: false,
  // It has no gradient of a convolution, and its products with a transposed operand are so slow that one training with
  // large layers, or a step of a recurrent one, takes minutes.
  takes: hasSmallLayers,
  most: 1,
  call: (job) => ({ words: [process.execPath, '-e', tfjs, JSON.stringify(job)], folder }),
})

/**
 * FANN's C library, where it and a compiler are installed. It updates row by row, which is another algorithm: work and accuracy
 * can be compared, losses not.
 */
function fannPeer(folder: string): Contestant[] {
  const [source, program] = [join(folder, 'fann.c'), join(folder, 'fann')]
  writeFileSync(source, fann)
  if (!succeeds(['cc', '-O2', source, '-o', program, '-lfloatfann', '-lm'])) return []
  return [
    {
      name: 'FANN online',
      own: false,
      takes: hasSmallLayers,
      most: 1,
      call: ({ features, targets, rows, widths = [], epochs, warm, seeds }) => ({
        words: [
          program,
          features,
          targets,
          ...[rows, widths.join(), epochs, Number(warm), ...seeds].map(String),
        ],
      }),
    },
  ]
}

function hasTfjs(folder: string): boolean {
  const { resolve } = createRequire(join(folder, 'index.js'))
  try {
    return Boolean(resolve('@tensorflow/tfjs') && resolve('@tensorflow/tfjs-backend-wasm'))
  } catch {
    return false
  }
}

export const succeeds = ([command = '', ...words]: readonly string[]): boolean =>
  spawnSync(command, words, { stdio: 'ignore', env: peerEnvironment() }).status === 0

/** One thread, and whatever kernels a library chooses by itself for this processor. */
export function peerEnvironment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _type, OPENBLAS_L2_SIZE: _size, ...rest } = process.env
  return { ...rest, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
}

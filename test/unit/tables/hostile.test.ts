import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../cli/build-nabla'
import type { HostileReport } from './hostile-child'

/** Files that break readers: each gives a help page, soon and in little memory, and the next file is read as ever. */

const megabyte = 1 << 20
let folder = ''
let program = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-hostile-'))
  program = await buildProgram('test/unit/tables/hostile-child.ts', 'hostile')
  writeFileSync(join(folder, 'good.csv'), 'a,b\n1,2\n3,4\n')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a piece again and again. */
function repeat(name: string, head: string | Buffer, piece: Buffer, times: number): string {
  const file = openSync(join(folder, name), 'w')
  writeSync(file, Buffer.from(head))
  for (let i = 0; i < times; i++) writeSync(file, piece)
  closeSync(file)
  return name
}

function write(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return name
}

const rows = (count: number): string => Array.from({ length: count }, (_, i) => `${i},${i / 8}\n`).join('')

const range = (count: number, cell: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => cell(i)).join(',')

interface Hostile {
  readonly name: string
  readonly code: string
  /** Makes the file; gives its name. */
  readonly make: () => string
  /** Bytes that it takes on the disk, where they are many. */
  readonly bytes?: number
  /** Goes on while the file is read; gives the way to end it. */
  readonly meanwhile?: (file: string) => () => void
}

const hostile: readonly Hostile[] = [
  {
    name: 'one line of 1 GB',
    code: 'long-record',
    bytes: 1024 * megabyte,
    make: () => repeat('line.csv', 'a,b\n1,', Buffer.alloc(16 * megabyte, 'x'), 64),
  },
  {
    name: 'one line of 1 GB as JSON',
    code: 'long-record',
    bytes: 1024 * megabyte,
    make: () => repeat('line.json', '[{"a":1,"b":"', Buffer.alloc(16 * megabyte, 'x'), 64),
  },
  {
    name: '20,000 columns',
    code: 'too-many-columns',
    make: () =>
      write(
        'wide.csv',
        [range(20_000, (i) => `c${i}`), ...[1, 2, 3].map((row) => range(20_000, (i) => `${i * row}`))].join(
          '\n',
        ),
      ),
  },
  {
    name: 'a NUL byte in the middle',
    code: 'not-text',
    make: () => write('nul.csv', `a,b\n${rows(200_000)}1\0,2\n${rows(200_000)}`),
  },
  {
    name: 'a quote that is never closed, in the middle of 20 MB',
    code: 'unclosed-quote',
    make: () => write('quotes.csv', `a,b\n${rows(700_000)}7,"8\n${rows(700_000)}`),
  },
  {
    name: 'two encodings in one file',
    code: 'mixed-encodings',
    make: () =>
      write(
        'mixed.csv',
        Buffer.concat([Buffer.from('Stadt,n\nZürich,1\nGenève,2\n'), Buffer.from('Zürich,3\n', 'latin1')]),
      ),
  },
  {
    name: 'a sparse file of 4 GB',
    code: 'not-text',
    make: () => {
      write('sparse.csv', 'a,b\n1,2\n')
      truncateSync(join(folder, 'sparse.csv'), 4096 * megabyte)
      return 'sparse.csv'
    },
  },
  {
    name: 'a folder that is named like a table',
    code: 'file-is-folder',
    make: () => {
      mkdirSync(join(folder, 'folder.csv'))
      return 'folder.csv'
    },
  },
  {
    name: 'a gzip file that ends too early',
    code: 'broken-gzip',
    make: () => {
      const packed = gzipSync(`a,b\n${rows(500_000)}`)
      return write('cut.csv.gz', packed.subarray(0, packed.length / 2))
    },
  },
  {
    name: 'a small gzip file that unpacks to 4 GB of zeros',
    code: 'long-record',
    make: () => repeat('zeros.csv.gz', gzipSync('a,b\n1,2\n'), gzipSync(Buffer.alloc(64 * megabyte)), 64),
  },
  {
    name: 'a small gzip file that unpacks to a billion rows',
    code: 'packed-too-well',
    make: () =>
      repeat(
        'rows.csv.gz',
        gzipSync('a,b\n'),
        gzipSync(Buffer.alloc(64 * megabyte, '1,2\n'), { level: 9 }),
        64,
      ),
  },
  {
    name: 'a file that grows while it is read',
    code: 'file-changed',
    make: () => write('grows.csv', `a,b\n${rows(300_000)}`),
    meanwhile: (file) => {
      const more = `const fs = require('fs'); setInterval(() => fs.appendFileSync(process.argv[1], '1,2\\n'), 2)`
      const writer = spawn(process.execPath, ['-e', more, file], { stdio: 'ignore' })
      return () => void writer.kill('SIGKILL')
    },
  },
  {
    name: 'a loop of symbolic links',
    code: 'link-loop',
    make: () => {
      symlinkSync(join(folder, 'loop-b.csv'), join(folder, 'loop-a.csv'))
      symlinkSync(join(folder, 'loop-a.csv'), join(folder, 'loop-b.csv'))
      return 'loop-a.csv'
    },
  },
  {
    name: 'a pipe in which nothing comes',
    code: 'not-a-file',
    make: () => {
      execFileSync('mkfifo', [join(folder, 'pipe.csv')])
      return 'pipe.csv'
    },
  },
]

/** Windows has no pipes of this kind, and links only for administrators. */
const posixOnly = new Set(['link-loop', 'not-a-file'])

describe('hostile files', () => {
  it.for(hostile)('$name: $code', async ({ code, make, bytes = 0, meanwhile }, context) => {
    if (process.platform === 'win32' && posixOnly.has(code)) return
    const { bavail, bsize } = statfsSync(folder)
    if (bytes * 1.2 > bavail * bsize) return context.skip(`the disk has no room for ${bytes} bytes`)
    const file = join(folder, make())
    const stop = meanwhile?.(file)
    try {
      if (meanwhile) await untilGrown(file)
      const told = run(file)
      expect(told.page).toMatchObject({ code, place: { file } })
      expect(told.goodRows).toBe(2)
      expect(told.seconds).toBeLessThan(10)
      expect(told.memory).toBeLessThan(500)
    } finally {
      stop?.()
      rmSync(file, { recursive: true, force: true })
    }
  })
})

function run(file: string): HostileReport {
  const out = execFileSync(process.execPath, [program, file, join(folder, 'good.csv')], { timeout: 25_000 })
  return JSON.parse(out.toString()) as HostileReport
}

/** The other process writes. */
async function untilGrown(file: string): Promise<void> {
  const size = statSync(file).size
  while (statSync(file).size === size) await new Promise((resolve) => setTimeout(resolve, 5))
}

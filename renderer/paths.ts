import type { DataSource } from '../core/experiment/schema'

const isWindows = (path: string): boolean => /^[a-z]:[\\/]|^\\\\/i.test(path)
const separatorOf = (path: string): string => (isWindows(path) ? '\\' : '/')
const parts = (path: string): string[] => path.split(/[\\/]/)

/** The folder of a file, without a separator at its end. */
export const folderOf = (file: string): string => parts(file).slice(0, -1).join(separatorOf(file)) || '/'

export const fileNameOf = (file: string): string => parts(file).at(-1) ?? file

const longestName = 100

/** A file name made of an experiment's name, which may be anything: what some system refuses in names is a dash. */
export function fileNameFor(name: string, ending: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what some systems refuse
  const safe = name.replace(/[\u0000-\u001f/\\:*?"<>|]+/g, '-').replace(/^[\s.]+/, '')
  return [...safe].slice(0, longestName).join('').trim() + ending
}

/** What was chosen, as the source of an experiment: several files are one table. */
export const sourceOf = (paths: readonly string[]): DataSource =>
  paths.length === 1 ? paths[0]! : [...paths]

/** True for `/data/x.csv`, `C:\x.csv` and built-in `sample:iris`: sources that do not depend on a folder. */
export const isFixed = (source: string): boolean =>
  source.startsWith('/') || source.startsWith('sample:') || isWindows(source)

/** `source` seen from `from`, written so that it means the same file seen from `to`. Both are absolute folders. */
export function moveSource(source: string, from: string, to: string): string {
  if (isFixed(source) || from === to || !from || !to) return source
  const target = resolve([...parts(from), ...parts(source)])
  const base = resolve(parts(to))
  if (target[0]?.toLowerCase() !== base[0]?.toLowerCase()) return target.join(separatorOf(from))
  let shared = 0
  while (shared < base.length && base[shared] === target[shared]) shared++
  return [...base.slice(shared).map(() => '..'), ...target.slice(shared)].join('/')
}

function resolve(path: readonly string[]): string[] {
  const out: string[] = []
  path.forEach((part, index) => {
    if (part === '..') out.pop()
    else if (part !== '.' && (part !== '' || index === 0)) out.push(part)
  })
  return out
}

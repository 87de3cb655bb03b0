import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LabError } from '../../../core/errors/lab-error'
import { grantedPaths } from '../../../electron/main/granted-paths'
import { openLog } from '../../../electron/main/log-file'
import { filesToOpen } from '../../../electron/main/opened-files'
import { openPreferences } from '../../../electron/main/preferences'
import { existingRecent, recentLabel, withRecent } from '../../../electron/main/recent-files'

let folder = ''
beforeAll(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nabla-files-'))))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

describe('files that the app keeps', () => {
  it('a log is turned over when it is full, and nothing of it is lost', () => {
    const log = openLog(folder, 'engine')
    log.write('x'.repeat(1_000_001))
    log.line('after')
    expect(fs.statSync(path.join(folder, 'engine.1.log')).size).toBe(1_000_001)
    expect(fs.readFileSync(log.file, 'utf8')).toMatch(/^\d{4}-.*Z after\n$/)
  })

  it('preferences come back, and a field that is wrong makes no other', () => {
    const lines: string[] = []
    const first = openPreferences(folder, (line) => lines.push(line))
    first.set({ ...first.get(), recent: ['/a.csv'] })
    expect(openPreferences(folder, (line) => lines.push(line)).get()).toEqual(first.get())
    expect(lines).toEqual([])
    const file = path.join(folder, 'preferences.json')
    fs.writeFileSync(file, '{"settings":{"theme":"pink"}}')
    expect(openPreferences(folder, (line) => lines.push(line)).get().settings.theme).toBe('system')
    expect(fs.readFileSync(`${file}.broken`, 'utf8')).toContain('pink')
    expect(lines).toHaveLength(1)
  })

  it('the list of recent files has each file once, the newest first, and ends at ten', () => {
    expect(withRecent(['/a', '/b'], '/b')).toEqual(['/b', '/a'])
    const many = Array.from({ length: 10 }, (_, index) => `/${index}`)
    expect(withRecent(many, '/new')).toEqual(['/new', ...many.slice(0, 9)])
  })

  it('several files that were opened as one table are one entry, beside each of them', () => {
    const both = ['/a', '/b']
    expect(withRecent(['/a', both, '/c'], ['/a', '/b'])).toEqual([both, '/a', '/c'])
    expect(withRecent([both], '/a')).toEqual(['/a', both])
    expect(withRecent([both], ['/b', '/a'])).toHaveLength(2)
    expect(recentLabel(both)).toBe('/a and 1 more')
    const [here, gone] = [path.join(folder, 'here.csv'), path.join(folder, 'gone.csv')]
    fs.writeFileSync(here, '')
    expect(existingRecent([[here, gone], [here, here], gone, here])).toEqual([[here, here], here])
  })

  it('a list of recent files is kept between starts', () => {
    const own = fs.mkdtempSync(path.join(folder, 'kept-'))
    const first = openPreferences(own, () => undefined)
    first.set({ ...first.get(), recent: [['/a.csv', '/b.csv'], '/c.csv'] })
    expect(openPreferences(own, () => undefined).get().recent).toEqual([['/a.csv', '/b.csv'], '/c.csv'])
  })
})

describe('files from outside', () => {
  it('on the command line are those that exist and that the lab opens', () => {
    fs.writeFileSync(path.join(folder, 'a.csv'), '')
    fs.writeFileSync(path.join(folder, 'b.nabla.json'), '')
    fs.writeFileSync(path.join(folder, 'c.exe'), '')
    const words = ['.', '--flag=a.csv', 'a.csv', 'missing.csv', 'c.exe', path.join(folder, 'b.nabla.json')]
    expect(filesToOpen(words, folder)).toEqual([
      path.join(folder, 'a.csv'),
      path.join(folder, 'b.nabla.json'),
    ])
  })

  it('may be touched only when the user chose them, whatever way the path is spelled', () => {
    const paths = grantedPaths()
    paths.grant('/data/iris.csv')
    expect(paths.check('/data/../data/iris.csv')).toBe('/data/../data/iris.csv')
    expect(() => paths.check('/data/../etc/passwd')).toThrow(LabError)
  })
})

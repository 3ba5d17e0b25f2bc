import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { copyZone, secondZone, type ZoneFolderCopy } from '#testing/zone-folder.ts'
import { diffZones, lintZone } from './command.ts'

let copy: ZoneFolderCopy
beforeAll(async () => {
  copy = await copyZone()
})
afterAll(() => copy.remove())

describe('[F109] the profile from the command line', () => {
  test('a sound folder says what it holds and its version', async () => {
    const { lines, code } = await lintZone(secondZone)
    expect(code).toBe(0)
    expect(lines[0]).toBe('yunxi-bay is in order: clauses 8, targets 3, carriers 2, stations 1')
    expect(lines[1]).toMatch(/^version [0-9a-f]{64}$/)
  })

  test('equal folders do not differ, whatever lies beside the profile', async () => {
    await copy.write('.zone.json.swp', 'an editor was here')
    expect(await diffZones(secondZone, copy.folder)).toEqual({ lines: [], code: 0 })
  })

  test('a changed value is named by its place, with before and after', async () => {
    await copy.edit('targets.json', ({ targets }) => (targets[0].target = 12))
    const { lines, code } = await diffZones(secondZone, copy.folder)
    expect([lines, code]).toEqual([['targets.json $.targets[agencies].target: 8 → 12'], 1])
  })

  test('a broken folder lists its problems and ends with 1', async () => {
    const { lines, code } = await lintZone(copy.folder)
    expect(code).toBe(1)
    expect(lines.join('\n')).toContain('targets.json $.targets[0].path[2].value [path/short]')
  })

  test('a folder that is not there is one clear sentence', async () => {
    await expect(lintZone('/nowhere/at/all')).rejects.toThrow('/nowhere/at/all cannot be read (ENOENT).')
  })
})

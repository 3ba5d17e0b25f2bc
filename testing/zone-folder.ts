import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { projectFolder } from '#platform/config.ts'

/** An invented zone of its own plan, units and time zone: what runs on it knows no other zone's words. */
export const secondZone = join(projectFolder, 'testing/zones/yunxi-bay')

export interface ZoneFolderCopy {
  readonly folder: string
  /** Rewrites one JSON file of the copy. */
  edit<Content = any>(file: string, change: (content: Content) => void): Promise<void>
  write(file: string, text: string): Promise<void>
  remove(): Promise<void>
}

/** A copy of a zone folder that a test may change. */
export async function copyZone(from = secondZone): Promise<ZoneFolderCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'zhiyuan-zone-'))
  const folder = join(parent, 'zone')
  await cp(from, folder, { recursive: true })
  return {
    folder,
    edit: async (file, change) => {
      const content = JSON.parse(await readFile(join(folder, file), 'utf8'))
      change(content)
      await writeFile(join(folder, file), JSON.stringify(content))
    },
    write: (file, text) => writeFile(join(folder, file), text),
    remove: () => rm(parent, { recursive: true, force: true }),
  }
}

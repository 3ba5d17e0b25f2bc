import { secondZone } from './zone-folder.ts'
import { readZoneFolder } from '../src/zone/loader.ts'
import { parseProfile, type ZoneFiles } from '../src/zone/rules.ts'

export type Edit = (content: any) => void

/** A sound folder, in which a test breaks one thing at a time. */
export const sound: ZoneFiles = (await readZoneFolder(secondZone)).files

/** The problems of the folder after one file of it was changed, as `file field [rule]`. */
export function problemsAfter(file: string, edit: Edit): string[] {
  const content = JSON.parse(sound[file] ?? '')
  edit(content)
  return problemsIn({ ...sound, [file]: JSON.stringify(content) })
}

export function problemsIn(files: ZoneFiles): string[] {
  const parsed = parseProfile(files, 'test')
  return 'profile' in parsed
    ? []
    : parsed.problems.map(({ file, field, rule }) => `${file} ${field} [${rule}]`)
}

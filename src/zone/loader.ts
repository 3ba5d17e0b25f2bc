import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

import { OperatorError } from '#platform/errors.ts'
import { type ParsedZone, parseProfile, type ZoneFiles, type ZoneProblem, type ZoneProfile } from './rules.ts'

/** Files above this size are no profile; reading stops before memory does. */
const LARGEST_FILE = 5 * 1024 * 1024

export interface ZoneFolder {
  files: ZoneFiles
  version: string
}

/**
 * Reads every file of a zone folder, two levels deep as profiles are.
 * Throws the file system's own error when the folder is not there.
 */
export async function readZoneFolder(folder: string): Promise<ZoneFolder> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: Record<string, string> = {}
  for (const entry of entries) {
    // Editors and file managers leave hidden files and backups beside the ones they write.
    if (!entry.isFile() || entry.name.startsWith('.') || entry.name.endsWith('~')) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    // Scenarios describe synthetic data for this zone; they are no part of what the zone is.
    if (name.startsWith('scenarios/')) continue
    const text = await readFile(path, 'utf8')
    if (text.length > LARGEST_FILE)
      throw new RangeError(`${path} is larger than a zone profile's file may be`)
    files[name] = text
  }
  return { files, version: versionOf(files) }
}

/** Reads and checks a zone folder: the profile, or everything that is wrong with it. */
export async function checkZone(folder: string): Promise<ParsedZone> {
  const { files, version } = await readZoneFolder(folder)
  return parseProfile(files, version)
}

/** The profile of a folder that is in order. Throws OperatorError with every problem found otherwise. */
export async function loadZone(folder: string): Promise<ZoneProfile> {
  const parsed = await checkZone(folder)
  if ('profile' in parsed) return parsed.profile
  throw new OperatorError(
    `The zone profile in ${folder} is not in order:\n${describeProblems(parsed.problems)}`,
  )
}

/** One line a problem: file, place, rule, and what to do. */
export function describeProblems(problems: readonly ZoneProblem[]): string {
  return problems
    .map(({ file, field, rule, message }) => `  ${file} ${field} [${rule}] ${message}`)
    .join('\n')
}

/** SHA-256 over each file's name and content in the order of the names, lengths before texts so that nothing can shift. */
export function versionOf(files: ZoneFiles): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).toSorted()) {
    const text = files[name] ?? ''
    hash.update(`${Buffer.byteLength(name)}:${name}${Buffer.byteLength(text)}:`).update(text)
  }
  return hash.digest('hex')
}

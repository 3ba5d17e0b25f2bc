import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

import { OperatorError } from '#platform/errors.ts'
import { type ParsedZone, parseProfile, type ZoneFiles, type ZoneProblem, type ZoneProfile } from './rules.ts'

/** Files above this size are no profile; they are not read at all. */
const LARGEST_FILE_BYTES = 5 * 1024 * 1024

/** The folder or a file of it cannot be read, or is no profile's. */
export class UnreadableZone extends OperatorError {
  override name = 'UnreadableZone'
}

export interface ZoneFolder {
  files: ZoneFiles
  version: string
}

/** Reads every file of a zone folder. Throws UnreadableZone when it is not there, or a file goes while it is read. */
export async function readZoneFolder(folder: string): Promise<ZoneFolder> {
  try {
    const files = await readFiles(folder)
    return { files, version: versionOf(files) }
  } catch (error) {
    if (!isFileError(error)) throw error
    throw new UnreadableZone(`${error.path ?? folder} cannot be read (${error.code}).`, { cause: error })
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

async function readFiles(folder: string): Promise<ZoneFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: Record<string, string> = {}
  for (const entry of entries) {
    // Editors and file managers leave hidden files and backups beside the ones they write.
    if (!entry.isFile() || entry.name.startsWith('.') || entry.name.endsWith('~')) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    // Scenarios describe synthetic data for this zone; they are no part of what the zone is.
    if (name.startsWith('scenarios/')) continue
    const { size } = await stat(path)
    if (size > LARGEST_FILE_BYTES) {
      throw new UnreadableZone(`${path} is larger than a zone profile's file may be.`)
    }
    files[name] = await readFile(path, 'utf8')
  }
  return files
}

/** The version of the folder's content as it lies there now; that of no content at all where it cannot be read. */
export async function versionOnDisk(folder: string): Promise<string> {
  return readZoneFolder(folder).then(
    ({ version }) => version,
    () => versionOf({}),
  )
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

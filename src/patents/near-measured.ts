import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from '#platform/config.ts'
import { NearMeasured } from './near.contract.ts'

/** Written by `npm run bench -- near`, never by hand. */
export const MEASURED_FILE = join(projectFolder, 'docs/evidence/near-duplicates.json')

/** What was last measured; null where nothing has been. */
export async function readMeasured(): Promise<NearMeasured | null> {
  try {
    return NearMeasured.parse(JSON.parse(await readFile(MEASURED_FILE, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

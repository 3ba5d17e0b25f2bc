import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../shared/data')

/**
 * The path of a real file that the project uses but does not ship (exports, gazettes, official tables), or undefined
 * where the folder is absent: `test.skipIf(file === undefined)('… (skipped without the shared data)', …)`.
 */
export function sharedData(path: string): string | undefined {
  const file = join(folder, path)
  return existsSync(file) ? file : undefined
}

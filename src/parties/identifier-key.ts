import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

declare module '#platform/context.ts' {
  interface Context {
    /** The key under which identity numbers are digested; absent where nobody enters people (jobs, imports). */
    readonly identifierKey?: () => Uint8Array
  }
}

/**
 * The key of this installation for digests of identity numbers. It lies in the data folder and not in the database: there are
 * so few numbers that without it a stolen table of digests could be read by trying all of them.
 */
export function identifierKey(dataFolder: string): Uint8Array {
  const folder = join(dataFolder, 'keys')
  const file = join(folder, 'identifiers.key')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    try {
      writeFileSync(file, randomBytes(32), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      // Two processes of the first start may arrive here together: the one that came first has decided.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  return readFileSync(file)
}

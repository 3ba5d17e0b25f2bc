import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder for a data folder of tests. Others may enter it, as they may enter any ordinary folder: run as root, PostgreSQL
 * needs that to keep its files inside.
 */
export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `zhiyuan-${prefix}-`))
  await chmod(folder, 0o755)
  return folder
}

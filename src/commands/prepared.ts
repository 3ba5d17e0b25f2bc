import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shippedMigrations } from '#platform/analytics-migrations.ts'
import { projectFolder, type Config } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'
import { shippedDatabaseMigrations } from '#platform/migrate.ts'
import { postgresHome } from '#platform/postgres-home.ts'

/**
 * Runs `prepare` unless this data folder is known to have been prepared by the same migrations, libraries and settings: a
 * start that finds everything in place then loads neither the rooms nor the scenario, and is ready in half the time.
 * External stores may have been changed by others, and an installation in earnest is held against demo accounts at every
 * start: both are prepared each time.
 */
export async function prepareOnce(config: Config, log: Log, prepare: () => Promise<void>): Promise<void> {
  const external = config.databaseUrl !== undefined || config.clickhouseUrl !== undefined
  if (external || config.scenario === 'none') return prepare()
  // In the folder of one store and of the time at which the other was made, so it is gone with either.
  const mark = join(config.dataFolder, 'analytics', 'prepared')
  const wanted = await preparationOf(config, log)
  if ((await readFile(mark, 'utf8').catch(() => '')) === wanted) return
  await prepare()
  await writeFile(mark, wanted)
}

async function preparationOf({ dataFolder, scenario, zoneFolder }: Config, log: Log): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([scenario, zoneFolder]))
  const migrations = await Promise.all([shippedDatabaseMigrations, shippedMigrations].map(filesIn))
  const files = [
    ...migrations.flat(),
    join(projectFolder, 'package-lock.json'),
    join((await postgresHome(dataFolder, log)).folder, 'initialised'),
  ]
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file))
  return hash.digest('hex')
}

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).toSorted().map((name) => join(folder, name))
}

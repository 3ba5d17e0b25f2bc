import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { temporaryFolder } from './temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated template; every test file works on a clone of its own. */
    templateUrl: string
  }
}

/** One real PostgreSQL for the run, in a folder of its own, with a migrated template to clone. */
export async function setup(project: TestProject) {
  const dataFolder = await temporaryFolder('test')
  const log = createLog('warn')
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    log,
    database: 'template_zhiyuan',
    maxConnections: 300,
    throwaway: true,
  })
  await migrate(postgres.url)
  await migrateJobs(postgres.url, [])
  project.provide('templateUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

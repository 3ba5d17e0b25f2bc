import type { Config } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { migrate } from '#platform/migrate.ts'
import type { StoreAddresses } from '#platform/stores.ts'
import { migrateAnalyticsStore } from '#platform/analytics-migrations.ts'
import { openPlatform } from '../open-platform.ts'
import { refuseDemoAccounts } from '../identity/public.ts'
import { loadScenario } from '../scenarios/load.ts'
import { jobs } from '../worker.ts'

/** Brings both stores and the job queue to this version. */
export async function migrateStores(stores: StoreAddresses, say: (line: string) => void): Promise<void> {
  await migrate(stores.databaseUrl, ({ name, milliseconds }) => say(`migrated ${name} (${milliseconds} ms)`))
  await migrateJobs(
    stores.databaseUrl,
    jobs.map(({ name }) => name),
  )
  await migrateAnalyticsStore(stores.clickhouseUrl, (name) => say(`migrated analytics/${name}`))
}

/** Brings the stores to this version and, on an empty installation, loads the scenario that was asked for. */
export async function prepare(
  config: Config,
  log: Log,
  stores: StoreAddresses,
  say: (line: string) => void,
): Promise<void> {
  await migrateStores(stores, say)
  const platform = await openPlatform({ config, log, stores, process: 'command' })
  try {
    await loadScenario(platform, say)
    await refuseDemoAccounts(platform.db, config)
  } finally {
    await platform.close()
  }
}

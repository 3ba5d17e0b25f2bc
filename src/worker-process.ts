import type { Config } from '#platform/config.ts'
import { todayIn } from '#platform/calendar.ts'
import { OperatorError } from '#platform/errors.ts'
import { runJobs } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import { endWith, sayReady } from '#platform/supervisor.ts'
import { keepSequencing, ledgerKeyFolder } from './ledger/public.ts'
import { openPlatform } from './open-platform.ts'
import { jobs } from './worker.ts'

/** The worker alone: jobs, and the sequencing of the ledger. Any number of them may run against the same stores. */
export async function runWorker(config: Config, log: Log): Promise<undefined> {
  const platform = await openPlatform({ config, log, stores: addressesFrom(config), process: 'worker' })
  const { timeZone, id } = platform.zone.current()
  const running = await runJobs(jobs, platform, { databaseUrl: platform.databaseUrl, timeZone, log })
  const sequencing = keepSequencing(
    {
      db: platform.db,
      keys: ledgerKeyFolder(config.dataFolder),
      zoneId: id,
      moment: () => ({ now: new Date(), today: todayIn(timeZone, new Date()) }),
    },
    log,
  )
  endWith(async () => {
    await running.stop()
    await sequencing.stop()
    await platform.close()
  })
  sayReady()
  log.info('the worker is ready')
}

/** A process started alone does not start stores: it must be told where they are. */
export function addressesFrom({ databaseUrl, clickhouseUrl }: Config) {
  if (databaseUrl === undefined || clickhouseUrl === undefined) {
    throw new OperatorError('A process started with --role needs DATABASE_URL and CLICKHOUSE_URL.')
  }
  return { databaseUrl, clickhouseUrl }
}

import { join } from 'node:path'
import { createAnalytics, readAnalyticsUrl, type Analytics } from '#platform/analytics.ts'
import { todayIn } from '#platform/calendar.ts'
import type { Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { inAuditedTransaction, openDatabase, type Db } from '#platform/database.ts'
import { localFileStore, type FileStore } from '#platform/files.ts'
import type { Log } from '#platform/log.ts'
import { readS3Url, s3FileStore } from '#platform/s3-files.ts'
import type { StoreAddresses } from '#platform/stores.ts'
import { watchZone, type RunningZone } from './zone/public.ts'

/** What a process of the platform stands on: web, worker or one command. */
export interface OpenPlatform extends StoreAddresses {
  readonly config: Config
  readonly log: Log
  readonly db: Db
  readonly analytics: Analytics
  readonly files: FileStore
  readonly zone: RunningZone
  close(): Promise<void>
}

interface Options {
  readonly config: Config
  readonly log: Log
  readonly stores: StoreAddresses
  readonly process: 'web' | 'worker' | 'command'
}

const connections = { web: 20, worker: 8, command: 4 } as const

export async function openPlatform({ config, log, stores, process }: Options): Promise<OpenPlatform> {
  const db = openDatabase(stores.databaseUrl, {
    maxConnections: connections[process],
    applicationName: `zhiyuan-${process}`,
  })
  const analytics = createAnalytics(readAnalyticsUrl(stores.clickhouseUrl))
  const files =
    config.s3Url === undefined
      ? await localFileStore(join(config.dataFolder, 'files'))
      : await s3FileStore(readS3Url(config.s3Url), join(config.dataFolder, 'spool'))
  const zone = await watchZone({ db, folder: config.zoneFolder, log })
  return {
    ...stores,
    config,
    log,
    db,
    analytics,
    files,
    zone,
    close: async () => {
      await zone.stop()
      await analytics.close()
      await db.destroy()
    },
  }
}

/** A context for what the platform does by itself: a job, a command, a scenario. */
export function systemContext(
  {
    config,
    db,
    analytics,
    files,
    zone,
  }: Pick<OpenPlatform, 'config' | 'db' | 'analytics' | 'files' | 'zone'>,
  job: string,
): Context {
  const now = new Date()
  const profile = zone.current()
  return {
    db,
    analytics,
    files,
    zone: profile,
    actor: { kind: 'system', job },
    now,
    today: todayIn(profile.timeZone, now),
    requestId: `${job}-${now.getTime()}`,
    publicUrl: config.publicUrl,
    headers: new Headers(),
    authorise: () => undefined,
    write: (work) => inAuditedTransaction(db, work),
  }
}

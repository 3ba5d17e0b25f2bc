import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createAnalytics, readAnalyticsUrl, type Analytics } from '#platform/analytics.ts'
import { startAnalyticsEngine, type AnalyticsEngine } from '#platform/analytics-engine-process.ts'
import { migrateAnalyticsStore } from '#platform/analytics-migrations.ts'
import { createLog } from '#platform/log.ts'

/** A real analytics engine in a folder of its own and a client of its default database; both end with the file's tests. */
export async function testAnalytics(): Promise<{
  engine: AnalyticsEngine
  analytics: Analytics
  folder: string
}> {
  const folder = await mkdtemp(join(tmpdir(), 'zhiyuan-analytics-'))
  const engine = await startAnalyticsEngine({ dataFolder: folder, log: createLog('error') })
  const analytics = createAnalytics({ ...engine, database: 'default' })
  afterAll(async () => {
    await analytics.close()
    await engine.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return { engine, analytics, folder }
}

/**
 * A migrated engine that starts when it is first asked: most tests of operations never do, and starting one for each of
 * them would cost more than the tests.
 */
export function analyticsOnDemand(folder: string): { client: Analytics; stop(): Promise<void> } {
  let started: Promise<{ client: Analytics; engine: AnalyticsEngine }> | undefined
  const open = async () => {
    const engine = await startAnalyticsEngine({ dataFolder: folder, log: createLog('error') })
    const url = new URL(engine.url)
    Object.assign(url, { username: engine.username, password: engine.password, pathname: '/zhiyuan' })
    await migrateAnalyticsStore(url.href)
    return { client: createAnalytics(readAnalyticsUrl(url.href)), engine }
  }
  const ready = async () => (await (started ??= open())).client
  return {
    client: {
      query: async (...args) => (await ready()).query(...args),
      stream: async function* (...args) {
        yield* (await ready()).stream(...args)
      } as Analytics['stream'],
      insert: async (...args) => (await ready()).insert(...args),
      command: async (...args) => (await ready()).command(...args),
      ping: async () => (await ready()).ping(),
      close: async () => {},
    },
    stop: async () => {
      if (started === undefined) return
      const { client, engine } = await started
      await client.close()
      await engine.stop()
    },
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createAnalytics, type Analytics } from '#platform/analytics.ts'
import { startAnalyticsEngine, type AnalyticsEngine } from '#platform/analytics-engine-process.ts'
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

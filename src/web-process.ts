import { serve } from '@hono/node-server'
import type { Server } from 'node:http'
import type { Config } from '#platform/config.ts'
import { OperatorError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { endWith, sayReady } from '#platform/supervisor.ts'
import { openAccessEvents } from '#platform/access-events.ts'
import { openIdentity } from './identity/public.ts'
import { openPlatform } from './open-platform.ts'
import { createServer } from './server.ts'
import { addressesFrom } from './worker-process.ts'

/** The web alone: it keeps no state, so any number of them can stand behind a load balancer. */
export async function runWeb(config: Config, log: Log): Promise<undefined> {
  const platform = await openPlatform({ config, log, stores: addressesFrom(config), process: 'web' })
  const identity = openIdentity({ config, db: platform.db, log })
  const accessEvents = openAccessEvents({ url: platform.clickhouseUrl, log })
  const app = createServer({
    config,
    log,
    db: platform.db,
    analytics: platform.analytics,
    files: platform.files,
    zone: platform.zone.current,
    clock: () => new Date(),
    identity,
    onAccess: accessEvents.record,
    pages: true,
  })
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }) as Server
  await listening(server, config.port)
  endWith(async () => {
    server.closeIdleConnections()
    await new Promise((resolve) => {
      server.close(resolve)
      setTimeout(() => server.closeAllConnections(), 3000).unref()
    })
    await accessEvents.stop()
    await platform.close()
  })
  sayReady()
  log.info({ port: config.port }, 'the web is ready')
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new OperatorError(`Port ${port} is taken: set PORT to another one.`)
          : error,
      )
    })
  })
}

import { serve } from '@hono/node-server'
import { existsSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { afterAll } from 'vitest'
import { world, type World } from './world.ts'

export interface Site {
  readonly world: World
  /** `http://localhost:…`, without a slash at its end. */
  readonly origin: string
}

/** The built web and the API behind it on a port of their own, with an empty database; closed after the file's tests. */
export async function site(): Promise<Site> {
  if (!existsSync(new URL('../dist/web/index.html', import.meta.url))) {
    throw new Error('the web is not built: run "npm run build:web" first ("npm test" does)')
  }
  const parts = await world({ pages: true })
  const server = serve({ fetch: parts.fetch, port: 0 }) as Server
  await new Promise((resolve) => server.once('listening', resolve))
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  return { world: parts, origin: `http://localhost:${(server.address() as AddressInfo).port}` }
}

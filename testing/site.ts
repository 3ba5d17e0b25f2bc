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

/**
 * The built web and the API behind it on a port of their own; closed after the file's tests. The database is empty and
 * `openPage({ as })` says who reads, unless a world is given in which people sign in.
 */
export async function site(making: () => Promise<World> = () => world({ pages: true })): Promise<Site> {
  if (!existsSync(new URL('../dist/web/index.html', import.meta.url))) {
    throw new Error('the web is not built: run "npm run build:web" first ("npm test" does)')
  }
  const parts = await making()
  const server = serve({ fetch: parts.fetch, port: 0 }) as Server
  await new Promise((resolve) => server.once('listening', resolve))
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  return { world: parts, origin: `http://localhost:${(server.address() as AddressInfo).port}` }
}

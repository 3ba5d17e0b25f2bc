import type { Hono } from 'hono'
import type { Actor } from '#platform/access.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Config } from '#platform/config.ts'
import type { Db } from '#platform/database.ts'
import { clientAddress, type HttpEnv } from '#platform/http.ts'
import type { Log } from '#platform/log.ts'
import { resolveActor } from './actor.ts'
import { passGate } from './auth.gate.ts'
import { AUTH_PATH, createAuthentication, type Authentication } from './auth.ts'
import { readIdentitySettings, type IdentitySettings } from './settings.ts'

export interface Identity {
  readonly settings: IdentitySettings
  /** Who sends a request with these headers. */
  authenticate(headers: Headers, moment: { now: Date; today: CalendarDate }): Promise<Actor>
  /** Puts sign-in, the second factor and single sign-on under /api/auth. */
  mount(app: Hono<HttpEnv>, moment: () => { now: Date; today: CalendarDate }): void
}

interface Parts {
  config: Config
  db: Db
  log: Log
  env?: Readonly<Record<string, string | undefined>>
}

export function openIdentity({ config, db, log, env = process.env }: Parts): Identity {
  const settings = readIdentitySettings(config, env)
  let auth: Authentication | undefined
  // Built at the first request: with single sign-on it asks the provider for its addresses.
  const parts = { db, settings, log, auth: () => (auth ??= createAuthentication(db, settings, log)) }
  return {
    settings,
    authenticate: (headers, moment) => resolveActor(db, headers, settings, moment),
    mount: (app, moment) => {
      app.get(`${AUTH_PATH}/options`, (c) => c.json({ singleSignOn: settings.oidc !== undefined }))
      app.all(`${AUTH_PATH}/*`, (c) =>
        passGate(parts, c.req.raw, {
          ...moment(),
          requestId: c.get('requestId'),
          clientAddress: clientAddress(c, config),
        }),
      )
    },
  }
}

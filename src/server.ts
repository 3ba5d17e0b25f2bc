import type { Hono } from 'hono'
import { sql } from 'kysely'
import { visitor, type Actor } from '#platform/access.ts'
import { todayIn, type CalendarDate } from '#platform/calendar.ts'
import type { Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { inAuditedTransaction, type Db } from '#platform/database.ts'
import type { FileStore } from '#platform/files.ts'
import { createHttp, type AccessEvent, type HttpEnv } from '#platform/http.ts'
import type { Log } from '#platform/log.ts'
import { describeApi } from '#platform/openapi.ts'
import { authorise } from './identity/access.rules.ts'
import type { ZoneProfile } from './zone/rules.ts'
import { contract } from './contract.ts'

/** What the rooms stand on in this process. */
export interface Platform {
  readonly config: Config
  readonly log: Log
  readonly db: Db
  readonly files: FileStore
  /** The running profile; replaced as a whole when the zone is reloaded. */
  readonly zone: () => ZoneProfile
  readonly clock: () => Date
  readonly authenticate: (headers: Headers, moment: { now: Date; today: CalendarDate }) => Promise<Actor>
  readonly onAccess?: (event: AccessEvent) => void
  readonly notReady?: () => Promise<string | undefined>
}

const router = {}

/** The web process as an app: every operation of the contract, sign-in, health, and the pages. */
export function createServer(platform: Platform): Hono<HttpEnv> {
  const { config, log, db } = platform
  return createHttp({
    config,
    log,
    router,
    createContext: (request, requestId) => createContext(platform, request, requestId),
    mount: (app) => {
      describeApi(app, { contract, title: () => platform.zone().names })
    },
    notReady: platform.notReady ?? (() => databaseMissing(db)),
    ...(platform.onAccess === undefined ? {} : { onAccess: platform.onAccess }),
  })
}

async function createContext(platform: Platform, request: Request, requestId: string): Promise<Context> {
  const { db, files, clock, authenticate } = platform
  const now = clock()
  const zone = platform.zone()
  const today = todayIn(zone.timeZone, now)
  const actor = request.headers.has('cookie') || request.headers.has('authorization') ? await authenticate(request.headers, { now, today }) : visitor
  return {
    db,
    actor,
    now,
    today,
    requestId,
    files,
    zone,
    headers: request.headers,
    authorise: (audience) => authorise(audience, actor),
    write: (work) => inAuditedTransaction(db, work),
  }
}

async function databaseMissing(db: Db): Promise<string | undefined> {
  const reachable = await sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  return reachable ? undefined : 'database'
}

import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { visitor, type Actor } from '#platform/access.ts'
import type { Analytics } from '#platform/analytics.ts'
import { todayIn } from '#platform/calendar.ts'
import { readConfig, type Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { inAuditedTransaction, type Db, type Tx } from '#platform/database.ts'
import { localFileStore } from '#platform/files.ts'
import { createLog } from '#platform/log.ts'
import { authorise } from '../src/identity/access.rules.ts'
import { isStaff, type Role } from '../src/identity/roles.ts'
import { createServer, type Platform } from '../src/server.ts'
import { loadZone, watchZone } from '../src/zone/public.ts'
import type { ZoneProfile } from '../src/zone/rules.ts'
import { analyticsOnDemand } from './analytics.ts'
import { testDatabase } from './database.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface Answer<Body = any> {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, or the text when it is not JSON. */
  readonly body: Body
}

export interface Caller {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  del(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** Who calls: a role, nobody, or an account described in full. */
export type As =
  | Role
  | 'visitor'
  | {
      roles: readonly Role[]
      organisationIds?: readonly string[]
      secondFactor?: 'verified' | 'missing' | 'notRequired'
      accountId?: string
    }

export interface World {
  readonly db: Db
  /** A real engine of its own, started when it is first asked anything. */
  readonly analytics: Analytics
  readonly url: string
  readonly config: Config
  readonly zone: ZoneProfile
  as(who: As): Caller
  /** The raw app, for requests that a caller cannot make (streams, forged cookies). */
  fetch(request: Request): Promise<Response>
  /** Runs store functions as a job of the system would: one audited transaction. */
  write<Result>(work: (tx: Tx, context: Context) => Promise<Result>): Promise<Result>
  context(actor?: Actor): Context
  /** Fixes the clock at noon of that day in the zone. */
  setToday(day: string): void
}

interface WorldOptions {
  /** Folder of the zone profile; the shipped one unless told. */
  readonly zoneFolder?: string
  /** Takes the zone into force as a start does: its version recorded, its map opened, its folder watched. */
  readonly zoneInForce?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** The built pages beside the API, for tests in a browser. */
  readonly pages?: boolean
  /** The real sign-in (`({ config, db }) => openIdentity(…)`); otherwise `as` decides who calls. */
  readonly identity?: (parts: { config: Config; db: Db }) => Platform['identity']
}

const actorHeader = 'x-test-actor'

/** The whole platform in process on real stores; closed by itself after the file's tests. */
export async function world(options: WorldOptions = {}): Promise<World> {
  const dataFolder = await temporaryFolder('world')
  const config = readConfig({
    NODE_ENV: 'test',
    ZHIYUAN_DATA: dataFolder,
    ZHIYUAN_RATE_LIMIT: '0',
    ...(options.zoneFolder === undefined ? {} : { ZHIYUAN_ZONE: options.zoneFolder }),
    ...options.env,
  })
  const { db, url, drop } = await testDatabase()
  const analytics = analyticsOnDemand(join(dataFolder, 'analytics'))
  const files = await localFileStore(join(dataFolder, 'files'))
  let now: Date | undefined
  const clock = () => now ?? new Date()
  const log = createLog(process.env['LOG_LEVEL'] ?? 'error')
  const running =
    options.zoneInForce === true ? await watchZone({ db, folder: config.zoneFolder, log, clock }) : undefined
  const loaded = running?.current() ?? (await loadZone(config.zoneFolder))
  const zone = running?.current ?? (() => loaded)
  const app = createServer({
    config,
    log,
    db,
    analytics: analytics.client,
    files,
    zone,
    clock,
    pages: options.pages ?? false,
    identity: options.identity?.({ config, db }) ?? {
      authenticate: (headers) => Promise.resolve(actorOf(headers)),
      mount: () => {},
    },
  })
  afterAll(async () => {
    await running?.stop()
    await analytics.stop()
    await drop()
    await rm(dataFolder, { recursive: true, force: true })
  })

  const context = (actor: Actor = { kind: 'system', job: 'test' }): Context => {
    const moment = clock()
    return {
      db,
      analytics: analytics.client,
      actor,
      now: moment,
      today: todayIn(zone().timeZone, moment),
      requestId: 'test-request',
      publicUrl: config.publicUrl,
      files,
      zone: zone(),
      headers: new Headers(),
      authorise: (audience) => authorise(audience, actor),
      write: (work) => inAuditedTransaction(db, work),
    }
  }
  const fetchApp = async (request: Request) => app.fetch(request)
  return {
    db,
    analytics: analytics.client,
    url,
    config,
    get zone() {
      return zone()
    },
    fetch: fetchApp,
    as: (who) => caller(fetchApp, who),
    write: (work) => inAuditedTransaction(db, (tx) => work(tx, context())),
    context,
    setToday: (day) => {
      now = new Date(`${day}T04:00:00Z`)
    },
  }
}

function caller(send: (request: Request) => Promise<Response>, who: As): Caller {
  const call =
    (method: string) =>
    async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await send(
        new Request(`http://zone.test${path}`, {
          method,
          headers: {
            // What a browser of the same origin sends; writes from elsewhere are refused.
            origin: 'http://zone.test',
            authorization: 'test',
            [actorHeader]: encodeURIComponent(JSON.stringify(actorFor(who))),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      )
      return answerOf(response)
    }
  const get = call('GET')
  return {
    get: (path, headers) => get(path, undefined, headers),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    del: call('DELETE'),
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const content = await response.text()
  const json = response.headers.get('content-type')?.includes('json') === true && content !== ''
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(content) : content }
}

export function actorFor(who: As): Actor {
  if (who === 'visitor') return visitor
  const account = typeof who === 'string' ? { roles: [who] } : who
  return {
    kind: 'account',
    accountId: account.accountId ?? testAccountId(account.roles.join('+')),
    name: account.roles.join('+'),
    roles: account.roles,
    organisationIds: account.organisationIds ?? [],
    secondFactor: account.secondFactor ?? (isStaff(account.roles) ? 'verified' : 'notRequired'),
  }
}

/** The same id for the same role in every run. */
export function testAccountId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function actorOf(headers: Headers): Actor {
  const described = headers.get(actorHeader)
  return described === null ? visitor : (JSON.parse(decodeURIComponent(described)) as Actor)
}

import { ORPCError } from '@orpc/server'
import type { Hono } from 'hono'
import { join } from 'node:path'
import { sql } from 'kysely'
import { visitor, type Actor } from '#platform/access.ts'
import type { Analytics } from '#platform/analytics.ts'
import { todayIn, type CalendarDate } from '#platform/calendar.ts'
import { projectFolder, type Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { inAuditedTransaction, type Db } from '#platform/database.ts'
import type { FileStore } from '#platform/files.ts'
import { createHttp, type AccessEvent, type HttpEnv } from '#platform/http.ts'
import type { Log } from '#platform/log.ts'
import { describeApi } from '#platform/openapi.ts'
import { mountPages } from '#platform/pages.ts'
import { agenciesApi } from './agencies/public.ts'
import { appraisalApi } from './appraisal/public.ts'
import { authorise } from './identity/access.rules.ts'
import { comesFromElsewhere } from './identity/origin.rules.ts'
import { identityApi, type Identity } from './identity/public.ts'
import { importers } from './imports.ts'
import { importsApi } from './intake/public.ts'
import { ledgerApi, mountVerifier } from './ledger/public.ts'
import { mattersApi } from './matters/public.ts'
import { marketApi } from './market/public.ts'
import { noticesApi, openChannels } from './notices/public.ts'
import { identifierKey, partiesApi } from './parties/public.ts'
import {
  highValueApi,
  analysesApi,
  cloudApi,
  findStandings,
  landscapeApi,
  navigationApi,
  nearDuplicatesApi,
  ownersApi,
  patentImportsApi,
  searchApi,
} from './patents/public.ts'
import { reportsApi } from './reports/public.ts'
import { planApi } from './plan/public.ts'
import { countRecords, publishedValue, statisticsApi } from './statistics/public.ts'
import { servicesApi } from './services/public.ts'
import { zoneApi } from './zone/public.ts'
import type { ZoneProfile } from './zone/rules.ts'
import { firstPaint } from '../web/app/first-paint.ts'
import { bootOf } from './boot.ts'
import { clientMatterSources } from './client-matters.ts'
import { contract } from './contract.ts'
import { feeds } from './feeds.ts'
import { indicators } from './indicators.ts'
import { noticeKinds } from './notice-kinds.ts'
import { procedures } from './procedures.ts'

/** What the rooms stand on in this process. */
export interface Platform {
  readonly config: Config
  readonly log: Log
  readonly db: Db
  readonly analytics: Analytics
  readonly files: FileStore
  /** The running profile; replaced as a whole when the zone is reloaded. */
  readonly zone: () => ZoneProfile
  readonly clock: () => Date
  readonly identity: Pick<Identity, 'authenticate' | 'mount'>
  /** The pages of the web beside the API; tests of operations do without. */
  readonly pages?: boolean
  readonly onAccess?: (event: AccessEvent) => void
  readonly notReady?: () => Promise<string | undefined>
}

const router = {
  agencies: agenciesApi({ clientMatters: clientMatterSources }),
  analyses: analysesApi,
  appraisal: appraisalApi,
  cloud: cloudApi,
  highValue: highValueApi,
  identity: identityApi,
  imports: importsApi({ importers: () => importers }),
  landscape: landscapeApi,
  ledger: ledgerApi,
  matters: mattersApi(procedures),
  market: marketApi(({ analytics }, numbers) => findStandings(analytics, numbers)),
  navigation: navigationApi,
  nearDuplicates: nearDuplicatesApi,
  notices: noticesApi(noticeKinds),
  owners: ownersApi,
  patentImports: patentImportsApi,
  parties: partiesApi,
  patents: searchApi,
  reports: reportsApi,
  plan: planApi({
    isIndicator: (code) => indicators.has(code),
    publishedValue: (context, code) => publishedValue(indicators, context, code),
  }),
  services: servicesApi({ feeds }),
  statistics: statisticsApi(indicators),
  zone: zoneApi({
    contract: () => contract,
    indicators: () => [...indicators.values()],
    countRecords: (context, code) => countRecords(indicators, context, code),
  }),
}

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
      mountVerifier(app)
      platform.identity.mount(app, () => moment(platform))
      if (platform.pages === true) {
        mountPages(app, {
          folder: join(projectFolder, 'dist/web'),
          fill: async (template, request) =>
            firstPaint(template, {
              path: new URL(request.url).pathname,
              boot: await bootOf(platform, request),
            }),
        })
      }
    },
    notReady: platform.notReady ?? (() => databaseMissing(db)),
    ...(platform.onAccess === undefined ? {} : { onAccess: platform.onAccess }),
  })
}

async function createContext(platform: Platform, request: Request, requestId: string): Promise<Context> {
  const { db, analytics, files, config } = platform
  if (comesFromElsewhere(request, config.publicUrl))
    throw new ORPCError('FOREIGN_ORIGIN', { defined: true, status: 403 })
  const zone = platform.zone()
  const { now, today } = moment(platform)
  const actor = await actorOf(platform, request.headers)
  return {
    db,
    analytics,
    actor,
    now,
    today,
    requestId,
    files,
    zone,
    publicUrl: config.publicUrl,
    identifierKey: () => identifierKey(config.dataFolder),
    channels: openChannels(config),
    headers: request.headers,
    authorise: (audience) => authorise(audience, actor),
    write: (work) => inAuditedTransaction(db, work),
  }
}

export function moment({ clock, zone }: Platform): { now: Date; today: CalendarDate } {
  const now = clock()
  return { now, today: todayIn(zone().timeZone, now) }
}

export function actorOf(platform: Platform, headers: Headers): Promise<Actor> {
  // Most requests are visitors' and must not pay for what they do not carry.
  const mayBeSomebody = headers.has('cookie') || headers.has('authorization')
  return mayBeSomebody ? platform.identity.authenticate(headers, moment(platform)) : Promise.resolve(visitor)
}

async function databaseMissing(db: Db): Promise<string | undefined> {
  const reachable = await sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  return reachable ? undefined : 'database'
}

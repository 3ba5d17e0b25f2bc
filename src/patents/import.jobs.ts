import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Actor } from '#platform/access.ts'
import type { Analytics } from '#platform/analytics.ts'
import { todayIn } from '#platform/calendar.ts'
import { type Db, inAuditedTransaction } from '#platform/database.ts'
import { StoreUnavailable } from '#platform/errors.ts'
import type { FileStore } from '#platform/files.ts'
import { defineJob } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { runPatentImport } from './import-run.ts'
import { openImports } from './import.store.ts'
import { keptSource } from './importing.ts'

interface Deps {
  readonly db: Db
  readonly analytics: Analytics
  readonly files: FileStore
  readonly log: Log
  readonly zone: { readonly current: () => ZoneProfile }
}

const LOOKS_FOR_SECONDS = 58
const EVERY_MILLISECONDS = 1000

/**
 * Imports what was started on the page, and what broke off anywhere, within a second or two: the job that begins each minute
 * looks for such imports until the next one does. Of several workers one has each import.
 */
const run = defineJob({
  name: 'patents.run-imports',
  schema: z.object({}),
  cron: '* * * * *',
  run: async (deps: Deps) => {
    const until = Date.now() + LOOKS_FOR_SECONDS * 1000
    do {
      for (const id of await openImports(deps.db)) await runOne(deps, id)
      await sleep(EVERY_MILLISECONDS)
    } while (Date.now() < until)
  },
})

async function runOne({ db, analytics, files, log, zone }: Deps, id: string): Promise<void> {
  const now = new Date()
  const actor: Actor = { kind: 'system', job: 'patents.run-imports' }
  const context = {
    db,
    analytics,
    actor,
    now,
    today: todayIn(zone.current().timeZone, now),
    requestId: `patents.import-${id}`,
    write: <Result>(work: Parameters<typeof inAuditedTransaction<Result>>[1]) =>
      inAuditedTransaction(db, work),
  }
  try {
    await runPatentImport(context, id, (found) => keptSource(files, found))
  } catch (error) {
    // What is acknowledged stays so; the next minute takes it up again.
    if (!(error instanceof StoreUnavailable)) throw error
    log.warn({ err: error, import: id }, 'an import of patents waits for its store')
  }
}

export const patentJobs = [run]

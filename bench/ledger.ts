import { join } from 'node:path'
import { sql } from 'kysely'
import { date } from '#platform/calendar.ts'
import { inTransaction, openDatabase, type Db } from '#platform/database.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { recordAudit, runVerify, sequence, type AuditContext, type Sequencer } from '../src/ledger/public.ts'
import { rounded, type Measurement } from './measure.ts'

const ENTRIES = 1_000_000
const BATCH = 100_000
const WRITERS = 8
const SECONDS = 5

/** `zhiyuan verify` over a million entries, and how many audited writes a second the ledger takes. */
export async function ledger(): Promise<Measurement[]> {
  const dataFolder = await temporaryFolder('bench')
  const log = createLog('silent')
  const postgres = await startEmbeddedPostgres({ dataFolder, log, database: 'bench' })
  await migrate(postgres.url)
  const db = openDatabase(postgres.url, { maxConnections: WRITERS, applicationName: 'bench' })
  const sequencer: Sequencer = {
    db,
    keys: { folder: join(dataFolder, 'keys') },
    zoneId: 'bench',
    moment: context,
  }
  try {
    const bare = await perSecond(db, () => Promise.resolve())
    const audited = await perSecond(db, (tx, number) =>
      recordAudit(tx, context(), { action: 'bench.written', subject: { kind: 'row', id: String(number) } }),
    )
    const sequencing = await fill(sequencer)
    const started = performance.now()
    const code = await runVerify(db, { json: true, say: () => {}, print: () => {} })
    const seconds = (performance.now() - started) / 1000
    return [
      {
        name: 'zhiyuan verify',
        figures: {
          entries: ENTRIES,
          seconds: rounded(seconds),
          whole: code === 0 ? 'yes' : 'no',
          sequencedPerSecond: Math.round(sequencing),
          auditedWritesPerSecond: Math.round(audited),
          bareWritesPerSecond: Math.round(bare),
        },
        budget: 'under 20 s, and the ledger is whole',
        met: seconds < 20 && code === 0,
      },
    ]
  } finally {
    await db.destroy()
    await postgres.stop()
  }
}

function context(): AuditContext {
  return {
    actor: { kind: 'system', job: 'bench' },
    requestId: crypto.randomUUID(),
    now: new Date(),
    today: date('2026-11-22'),
  }
}

type Audit = (tx: Parameters<typeof recordAudit>[0], number: number) => Promise<unknown>

/** Transactions a second that insert one row of a small table, each with what `audit` adds to it. */
async function perSecond(db: Db, audit: Audit): Promise<number> {
  await sql`create table if not exists bench_row (id uuid primary key default uuidv7(), number bigint)`.execute(
    db,
  )
  let written = 0
  const until = performance.now() + SECONDS * 1000
  const writer = async () => {
    while (performance.now() < until) {
      const number = written++
      await inTransaction(db, async (tx) => {
        await sql`insert into bench_row (number) values (${number})`.execute(tx)
        await audit(tx, number)
      })
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  return written / SECONDS
}

/** Entries like those of the audit trail, written in bulk and sequenced as they would be. Answers entries a second. */
async function fill(sequencer: Sequencer): Promise<number> {
  let size = await sequence(sequencer)
  let [sequenced, milliseconds] = [0, 0]
  while (size < ENTRIES) {
    await writeEntries(sequencer.db, Math.min(BATCH, ENTRIES - size))
    const started = performance.now()
    const grown = await sequence(sequencer)
    milliseconds += performance.now() - started
    sequenced += grown - size
    size = grown
  }
  await sql`analyze`.execute(sequencer.db)
  return (sequenced / milliseconds) * 1000
}

async function writeEntries(db: Db, count: number): Promise<void> {
  await sql`
    with source as (
      select '{"action":"agency.moved-in","actor":{"account":"' || gen_random_uuid() || '","kind":"account",'
        || '"roles":["officer"]},"at":"2026-11-22T04:00:00.000Z","day":"2026-11-22","detail":{"carrier":"centre","row":'
        || n || '},"kind":"audit","request":"' || gen_random_uuid() || '","salt":"'
        || encode(uuid_send(gen_random_uuid()), 'base64') || '","seals":{},"subject":{"id":"' || gen_random_uuid()
        || '","kind":"agency"}}' as body
      from generate_series(1, ${count}::int) n
    ), entry as (
      insert into ledger_entry (body, leaf_hash)
      select body, sha256('\\x00'::bytea || convert_to(body, 'UTF8')) from source returning id
    )
    insert into ledger_pending (entry_id) select id from entry`.execute(db)
}

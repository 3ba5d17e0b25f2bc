import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAnalytics } from '#platform/analytics.ts'
import { adoptAnalyticsEngine } from '#platform/analytics-engine-process.ts'
import { openDatabase } from '#platform/database.ts'
import { StoreUnavailable } from '#platform/errors.ts'
import { findEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { freePort } from '#platform/processes.ts'
import { Person } from '#testing/person.ts'
import { type RunningPlatform, startPlatform } from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { putRecords } from '../src/patents/corpus.store.ts'
import { type Measurement, median, percentile, rounded } from './measure.ts'
import { documentOf, originalOf } from './patents.corpus.ts'
import { landscapeOf, newestOf, type Peer, phraseOf, relevantOf, startPeer } from './patents.peer.ts'
import { type Questions, questionsFor } from './patents.queries.ts'

/** How many documents, one size after the other on the same stores: `BENCH_DOCUMENTS=100000,1000000,4000000`. */
const SIZES = (process.env['BENCH_DOCUMENTS'] ?? '100000,1000000').split(',').map(Number)
/** At this size the budgets hold; below and above, figures show how cost grows. */
const BUDGETED = 1_000_000

/** Patents in bulk through our HTTP API, and PostgreSQL with GIN on the same documents, asked directly, in the same run. */
export async function patents(): Promise<Measurement[]> {
  const [dataFolder, peerFolder] = [await temporaryFolder('bench'), await temporaryFolder('bench-peer')]
  const platform = await startPlatform({
    dataFolder,
    port: await freePort(),
    env: { ZHIYUAN_RATE_LIMIT: '0' },
    patienceMilliseconds: 600_000,
  })
  const peer = await startPeer(peerFolder)
  try {
    const stores = await openStores(dataFolder)
    const results: Measurement[] = []
    let from = 0
    for (const size of SIZES) {
      results.push(...(await atSize({ platform, peer, stores, from, size })))
      from = size
    }
    await stores.close()
    return results
  } finally {
    await peer.stop()
    platform.supervisor.kill('SIGTERM')
    await new Promise((resolve) => platform.supervisor.once('exit', resolve))
    for (const folder of [dataFolder, peerFolder]) await rm(folder, { recursive: true, force: true })
  }
}

type Stores = Awaited<ReturnType<typeof openStores>>

async function openStores(dataFolder: string) {
  const engine = await adoptAnalyticsEngine(join(dataFolder, 'analytics'))
  if (engine === undefined) throw new Error('the platform runs without its analytics engine')
  const analytics = createAnalytics({ ...engine, database: 'zhiyuan' })
  const url = await findEmbeddedPostgres({ dataFolder, log: createLog('silent'), database: 'zhiyuan' })
  const db = openDatabase(url ?? '', { maxConnections: 4, applicationName: 'bench' })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    analytics,
    db,
    client,
    enginePid: engine.pid,
    close: async () => {
      await client.end()
      await db.destroy()
      await analytics.close()
    },
  }
}

interface Stage {
  readonly platform: RunningPlatform
  readonly peer: Peer
  readonly stores: Stores
  readonly from: number
  readonly size: number
}

async function atSize(stage: Stage): Promise<Measurement[]> {
  const { size, peer, from, platform } = stage
  const say = (what: string) =>
    console.error(`  ${size} documents: ${what}, load ${rounded(loadavg()[0] ?? 0)}`)
  say('import')
  const rowsPerSecond = await importInto(stage)
  const settledSeconds = await settled(stage)
  const peerRows = await peer.load(from, size)
  const questions = questionsFor(size)
  const list = `${platform.url}/api/v1/patents`
  const ask = (q: string, sort: string) =>
    `${list}?${new URLSearchParams({ q, sort, limit: '20' }).toString()}`
  say('search')
  const { pairs, phrases, tenths } = questions
  const newest = await sideBySide(
    pairs,
    (words) => opened(ask(words.join(' '), 'newest')),
    (words) => newestOf(peer.client, words),
  )
  const relevant = await sideBySide(
    pairs,
    (words) => opened(ask(words.join(' '), 'relevance')),
    (words) => relevantOf(peer.client, words),
  )
  const phrase = await sideBySide(
    phrases,
    (text) => opened(ask(`"${text}"`, 'newest')),
    (text) => phraseOf(peer.client, text),
  )
  say('landscapes')
  const landscape = await sideBySide(
    tenths,
    (word) => opened(`${list}/landscape?${new URLSearchParams({ q: word }).toString()}`),
    (word) => landscapeOf(peer.client, word),
  )
  say('eight clients')
  const mixed = await eightClients(stage, questions)
  say('near duplicates')
  const near = await nearDuplicates(stage)
  const load = rounded(loadavg()[0] ?? 0)
  const judged = (
    name: string,
    figures: Measurement['figures'],
    budget: string,
    met: boolean,
  ): Measurement => ({
    name: `${name}, ${size.toLocaleString('en-GB')} documents`,
    figures: { ...figures, load },
    budget: size === BUDGETED ? budget : `stated only (${budget} at ${BUDGETED.toLocaleString('en-GB')})`,
    met: size === BUDGETED ? met : true,
  })
  return [
    judged(
      'import with segmentation',
      { rowsPerSecond: rounded(rowsPerSecond, 0), peerRowsPerSecond: rounded(peerRows, 0), settledSeconds },
      '>= 10,000 rows/s',
      rowsPerSecond >= 10_000,
    ),
    judged(
      'two terms, newest, exact count',
      newest,
      'p95 <= 40 ms and <= the peer’s',
      newest.p95Ms <= 40 && newest.p95Ms <= newest.peerP95Ms,
    ),
    judged('two terms by relevance', relevant, 'p95 <= 100 ms', relevant.p95Ms <= 100),
    judged('phrase', phrase, 'p95 <= 80 ms', phrase.p95Ms <= 80),
    judged(
      'landscape under a tenth',
      landscape,
      'median <= 120 ms and 4 times the peer',
      landscape.medianMs <= 120 && landscape.peerMedianMs >= 4 * landscape.medianMs,
    ),
    judged('eight mixed clients', mixed, 'twice the peer', mixed.perSecond >= 2 * mixed.peerPerSecond),
    judged(
      'near duplicates of the whole corpus',
      near,
      '<= 60 s, < 3 GB, recall >= 0.97',
      near.seconds <= 60 && near.engineGiB < 3 && near.recall >= 0.97,
    ),
  ]
}

const BATCH = 10_000
const MADE_AHEAD = 5

/** As the import does it: the next batch is segmented while the one before is being stored. Making the documents is not counted. */
async function importInto({ stores, from, size }: Stage): Promise<number> {
  let spent = 0
  for (let at = from; at < size; at += BATCH * MADE_AHEAD) {
    const batches: ReturnType<typeof documentOf>[][] = []
    for (let start = at; start < Math.min(size, at + BATCH * MADE_AHEAD); start += BATCH)
      batches.push(Array.from({ length: Math.min(BATCH, size - start) }, (_, one) => documentOf(start + one)))
    const started = performance.now()
    let before: Promise<unknown> = Promise.resolve()
    for (const batch of batches) {
      const [previous, storing] = [before, stored(stores, batch)]
      before = storing
      await previous
    }
    await before
    spent += performance.now() - started
  }
  return ((size - from) / spent) * 1000
}

/** Seconds until the store has put together by itself what the import left in parts, as it does when nothing more comes. */
async function settled({ stores: { analytics } }: Stage): Promise<number> {
  const began = performance.now()
  for (;;) {
    const [row] = await analytics.query<{ parts: number }>(
      `SELECT count() AS parts FROM system.parts WHERE active AND database = currentDatabase() AND table IN ('patent', 'patent_record')`,
    )
    if ((row?.parts ?? 0) <= 2) return rounded((performance.now() - began) / 1000)
    await sleep(1000)
  }
}

/** As the importer does: a store that is away for a moment is waited for, and the batch is sent again. */
async function stored(stores: Stores, batch: readonly ReturnType<typeof documentOf>[]): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await putRecords(stores, batch)
      return
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || attempt === 5) throw error
      console.error(`  the store is away (${error.message}), attempt ${attempt}`)
      await sleep(error.retryAfterSeconds * 1000)
    }
}

async function opened(url: string): Promise<void> {
  const response = await fetch(url)
  const body = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${body.slice(0, 200)}`)
}

/** Each question of ours and the peer’s in turn, so that a busy moment strikes both; the first ten warm both. */
async function sideBySide<Question>(
  questions: readonly Question[],
  ours: (question: Question) => Promise<unknown>,
  theirs: (question: Question) => Promise<unknown>,
) {
  const [mine, peers]: [number[], number[]] = [[], []]
  for (const question of questions.slice(0, 10)) {
    await ours(question)
    await theirs(question)
  }
  for (const question of questions.length > 30 ? questions.slice(10) : questions.slice(6)) {
    mine.push(await timed(() => ours(question)))
    peers.push(await timed(() => theirs(question)))
  }
  return {
    medianMs: rounded(median(mine)),
    p95Ms: rounded(percentile(mine, 0.95)),
    peerMedianMs: rounded(median(peers)),
    peerP95Ms: rounded(percentile(peers, 0.95)),
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const CLIENT_SECONDS = 12

const at = <Item>(items: readonly Item[], turn: number) => items[turn % items.length]!

async function eightClients({ platform, peer }: Stage, { pairs, phrases, tenths }: Questions) {
  const list = `${platform.url}/api/v1/patents`
  const address = (q: string, sort: string) => `${list}?${new URLSearchParams({ q, sort }).toString()}`
  const ours = (turn: number) => {
    if (turn % 10 < 5) return opened(address(at(pairs, turn).join(' '), 'newest'))
    if (turn % 10 < 7) return opened(address(at(pairs, turn).join(' '), 'relevance'))
    if (turn % 10 < 9) return opened(address(`"${at(phrases, turn)}"`, 'newest'))
    // A landscape of its own each time: what was counted before is remembered.
    return opened(
      `${list}/landscape?${new URLSearchParams({ q: `${at(tenths, turn)} AND AD>=${2006 + (turn % 17)}` }).toString()}`,
    )
  }
  const theirs = (turn: number) => {
    if (turn % 10 < 5) return newestOf(peer.pool, at(pairs, turn))
    if (turn % 10 < 7) return relevantOf(peer.pool, at(pairs, turn))
    if (turn % 10 < 9) return phraseOf(peer.pool, at(phrases, turn))
    return landscapeOf(peer.pool, at(tenths, turn))
  }
  return { perSecond: await throughput(ours), peerPerSecond: await throughput(theirs) }
}

async function throughput(ask: (turn: number) => Promise<unknown>): Promise<number> {
  const end = performance.now() + CLIENT_SECONDS * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: 8 }, async (_, client) => {
      for (let turn = client * 13; performance.now() < end; turn += 7) {
        await ask(turn)
        done++
      }
    }),
  )
  return rounded(done / CLIENT_SECONDS)
}

/** As an officer orders it, to the end of the job; recall on the planted copies; the memory of the engine at its highest. */
async function nearDuplicates({ platform, stores, size }: Stage) {
  const officer = new Person(platform)
  await officer.signInFully('officer@demo.zhiyuan.example')
  const [before] = [memoryOf(stores.enginePid, 'VmRSS')]
  const ordered = await officer.post('/api/v1/near-duplicates/runs', { scope: 'corpus' })
  if (ordered.status !== 201) throw new Error(`the order answered ${ordered.status}`)
  const { id } = ordered.body as { id: string }
  const run = await ended(officer, id)
  if (run.state !== 'finished') throw new Error(`the search ${run.state}: ${run.failure}`)
  const [times] = (
    await stores.client.query<{ seconds: string }>(
      'select extract(epoch from finished_at - started_at) as seconds from near_duplicate_run where id = $1',
      [id],
    )
  ).rows
  const { rows } = await stores.client.query<{ one: string; other: string }>(
    'select one, other from near_duplicate_pair where run_id = $1',
    [id],
  )
  const found = new Set(rows.map(({ one, other }) => [one, other].toSorted().join()))
  const planted: string[] = []
  for (let number = 0; number < size; number++) {
    const original = originalOf(number)
    if (original !== undefined) planted.push([numberOf(number), numberOf(original)].toSorted().join())
  }
  return {
    seconds: rounded(Number(times?.seconds)),
    pairs: rows.length,
    planted: planted.length,
    recall: rounded(planted.filter((pair) => found.has(pair)).length / planted.length, 4),
    engineGiB: memoryOf(stores.enginePid, 'VmHWM'),
    engineBeforeGiB: before ?? 0,
  }
}

const numberOf = (number: number) => documentOf(number).publicationNumber

async function ended(officer: Person, id: string): Promise<{ state: string; failure: string | null }> {
  for (;;) {
    const { body } = await officer.get(`/api/v1/near-duplicates/runs/${id}`)
    const run = body as { state: string; failure: string | null }
    if (run.state === 'finished' || run.state === 'failed') return run
    await sleep(500)
  }
}

function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return rounded(Number(kilobytes) / 2 ** 20, 2)
}

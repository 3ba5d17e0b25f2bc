import { fork } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { addDays, date, todayIn } from '#platform/calendar.ts'
import { inAuditedTransaction, openDatabase, type Db } from '#platform/database.ts'
import { findEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { nationalCalendar } from '#platform/national-calendar.ts'
import { freePort } from '#platform/processes.ts'
import { Person } from '#testing/person.ts'
import { startPlatform, type RunningPlatform } from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { recordAudit } from '../src/ledger/public.ts'
import { recountClocks } from '../src/matters/clock.store.ts'
import { median, percentile, rounded, type Measurement } from './measure.ts'

const MATTERS = 100_000
const APPLICANTS = 200
const MINUTE = 60_000
/** A page saves when somebody stops typing; this is how long that is. */
const PAUSE_BETWEEN_SAVES = 3000

const answers = {
  topic: 'protection',
  subject: '商标被仿冒怎么办',
  question: '电商平台上有店铺使用与我们注册商标近似的标识销售同类商品，请问应如何取证和投诉？',
  contactName: '王小明',
  contactPhone: '13800001234',
}

/** Drafts and submissions of many at once, lists over a hundred thousand, and a calendar that changes. */
export async function matters(): Promise<Measurement[]> {
  const dataFolder = await temporaryFolder('bench')
  const platform = await startPlatform({
    dataFolder,
    port: await freePort(),
    env: { ZHIYUAN_RATE_LIMIT: '0' },
  })
  const url = await findEmbeddedPostgres({ dataFolder, log: createLog('silent'), database: 'zhiyuan' })
  const db = openDatabase(url ?? '', { maxConnections: 4, applicationName: 'bench' })
  try {
    const filing = await applicantsForAMinute(platform, db)
    const ratio = await againstPeer(platform, url ?? '')
    await fillQueue(db)
    const lists = await readLists(platform, db)
    return [
      {
        name: '200 applicants for a minute: drafts and submissions',
        figures: { ...filing, ...ratio },
        budget: 'p99 < 300 ms, no error, no lost draft, ratio to the same writes >= 0.4',
        met: filing.p99Ms < 300 && filing.errors === 0 && filing.lost === 0 && ratio.ratio >= 0.4,
      },
      {
        name: 'queue of a station with 100,000 open matters in the zone, filtered and sorted',
        figures: lists.queue,
        budget: 'p95 < 50 ms',
        met: lists.queue.p95Ms < 50,
      },
      { name: 'late list', figures: lists.late, budget: 'p95 < 50 ms', met: lists.late.p95Ms < 50 },
      await recount(db),
    ]
  } finally {
    await db.destroy()
    platform.supervisor.kill('SIGTERM')
    await new Promise((resolve) => platform.supervisor.once('exit', resolve))
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const ROLES = [
  'citizen',
  'volunteer',
  'enterprise',
  'agency',
  'university',
  'bank',
  'alliance',
  'mediator',
  'expert',
  'foreign-client',
]

interface Tally {
  readonly times: number[]
  readonly submitted: string[]
  errors: number
  lost: number
}

async function applicantsForAMinute(platform: RunningPlatform, db: Db) {
  const people = await Promise.all(
    ROLES.map(async (role) => {
      const person = new Person(platform)
      await person.signInFully(`${role}@demo.zhiyuan.example`)
      return person
    }),
  )
  // As everywhere here, the first round warms and is thrown away.
  const warming: Tally = { times: [], submitted: [], errors: 0, lost: 0 }
  await rateOf(() => applyOnce(people[0]!, warming, async () => {}))
  const tally: Tally = { times: [], submitted: [], errors: 0, lost: 0 }
  const until = Date.now() + MINUTE
  await Promise.all(
    Array.from({ length: APPLICANTS }, async (_, index) => {
      const person = people[index % people.length]!
      // People do not begin in one instant.
      await sleep((index / APPLICANTS) * PAUSE_BETWEEN_SAVES)
      while (Date.now() < until) await applyOnce(person, tally, () => sleep(PAUSE_BETWEEN_SAVES))
    }),
  )
  const kept = await db
    .selectFrom('matter')
    .innerJoin('matterReceipt', 'matterReceipt.matterId', 'matter.id')
    .select('number')
    .where('number', 'in', tally.submitted)
    .execute()
  tally.lost += tally.submitted.length - new Set(kept.map(({ number }) => number)).size
  return {
    requests: tally.times.length,
    submitted: tally.submitted.length,
    p50Ms: rounded(median(tally.times)),
    p99Ms: rounded(percentile(tally.times, 0.99)),
    errors: tally.errors,
    lost: tally.lost,
  }
}

/** One draft typed in three goes, read back, and submitted. */
async function applyOnce(person: Person, tally: Tally, pause: () => Promise<unknown>) {
  const ask = async (method: string, path: string, body?: object) => {
    const began = performance.now()
    const answer = await person.request(method, `/api/v1${path}`, body)
    tally.times.push(performance.now() - began)
    if (answer.status >= 300) tally.errors += 1
    return answer
  }
  const draft = await ask('POST', '/drafts', { procedure: 'general-enquiry', station: 'window-centre' })
  let version = 1
  for (const typed of [{ subject: answers.subject }, { ...answers, question: '电商平台上有店铺' }, answers]) {
    await pause()
    const saved = await ask('PUT', `/drafts/${draft.body.id}`, { version, answers: typed })
    version = saved.body.version
  }
  const back = await ask('GET', `/drafts/${draft.body.id}`)
  if (back.body.answers?.question !== answers.question) tally.lost += 1
  const sent = await ask('POST', `/drafts/${draft.body.id}/submission`, { version })
  if (sent.status === 200) tally.submitted.push(sent.body.number)
}

const SECONDS = 8
const AT_ONCE = 20

/** Whole applications per second without pauses, ours and the peer's in turn. */
async function againstPeer(platform: RunningPlatform, databaseUrl: string) {
  const port = await freePort()
  const peer = fork('bench/matters-peer.ts', [databaseUrl, String(port)])
  try {
    await new Promise((resolve) => peer.once('message', resolve))
    const person = new Person(platform)
    await person.signInFully('citizen@demo.zhiyuan.example')
    const rates = { ours: [] as number[], peers: [] as number[] }
    for (let round = 0; round < 4; round++) {
      const ours = await rateOf(() =>
        applyOnce(person, { times: [], submitted: [], errors: 0, lost: 0 }, async () => {}),
      )
      const peers = await rateOf(() => applyAtPeer(`http://127.0.0.1:${port}`))
      // The first round warms both and is thrown away.
      if (round > 0) {
        rates.ours.push(ours)
        rates.peers.push(peers)
      }
    }
    const [ours, peers] = [median(rates.ours), median(rates.peers)]
    return { perSecond: rounded(ours), peerPerSecond: rounded(peers), ratio: rounded(ours / peers, 2) }
  } finally {
    peer.kill()
  }
}

async function rateOf(once: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let done = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() - began < SECONDS * 1000) {
        await once()
        done += 1
      }
    }),
  )
  return (done * 1000) / (performance.now() - began)
}

async function applyAtPeer(base: string) {
  const ask = async (method: string, path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) })
    return (await response.json()) as { id: string; version: number; owner: string }
  }
  const draft = await ask('POST', '/drafts', { procedure: 'general-enquiry', station: 'window-centre' })
  let version = 1
  for (const typed of [{ subject: answers.subject }, { ...answers, question: '电商' }, answers]) {
    version = (await ask('PUT', `/drafts/${draft.id}/${draft.owner}`, { version, answers: typed })).version
  }
  await ask('POST', `/drafts/${draft.id}/submission`, { answers })
}

/** Open matters of many days over all stations, written past the engine: the ledger has a budget of its own. */
async function fillQueue(db: Db) {
  const today = todayIn('Asia/Shanghai', new Date())
  await sql`alter table matter disable trigger user`.execute(db)
  await sql`
    with made as (
      insert into matter (number, procedure_code, procedure_version, applicant_kind, applicant_name, station_code, state,
        title, answers, routing, submitted_at, submitted_on)
      select '1999-' || lpad(n::text, 7, '0') || '-0', 'general-enquiry', 1, 'person', '某某',
        (array['window-centre', 'window-gaoxinyuan', 'window-life-science', 'operations-centre'])[1 + n % 4],
        (array['submitted', 'accepted', 'accepted'])[1 + n % 3], '咨询' || n, '{}', '{}',
        now() - (n % 90) * interval '1 day', ${today}::date - (n % 90)
      from generate_series(1, ${MATTERS}) n returning *
    ), clocks as (
      insert into matter_clock (matter_id, code, owner, n, unit, sample, started_on, status, due_on, calendar)
      select id, 'reply', 'office', 5 + (row_number() over ())::int % 20, 'workingDays', true, submitted_on, 'running',
        submitted_on + 5 + (row_number() over ())::int % 100, 'bench' from made
      returning matter_id, due_on
    )
    insert into matter_queue (matter_id, number, procedure_code, title, applicant_kind, applicant_name, station_code,
      state, state_kind, submitted_at, submitted_on, changed_at, version, due_on, due_clock, terms)
    select m.id, m.number, m.procedure_code, m.title, 'person', m.applicant_name, m.station_code, m.state, 'open',
      m.submitted_at, m.submitted_on, m.submitted_at, 1, c.due_on, 'reply', array['咨询', m.number]
    from made m join clocks c on c.matter_id = m.id`.execute(db)
  await sql`alter table matter enable trigger user`.execute(db)
  await sql`vacuum analyze matter_queue, matter_clock, matter`.execute(db)
}

async function readLists(platform: RunningPlatform, db: Db) {
  const email = 'officer@demo.zhiyuan.example'
  await sql`
    insert into station_post (account_id, station_id, valid_from) select id, s, '2024-01-01' from user_account,
      unnest(array['window-centre', 'window-gaoxinyuan']) s where email = ${email}
    on conflict do nothing`.execute(db)
  const officer = new Person(platform)
  await officer.signInFully(email)
  const queue = [
    'scope=queue&station=window-centre',
    'scope=queue&station=window-centre&state=accepted&sort=due',
    'scope=queue&station=window-gaoxinyuan&sort=arrival',
    'scope=queue&station=window-centre&procedure=general-enquiry&unassigned=true',
    'scope=queue&sort=due',
  ]
  const late = ['scope=late&station=window-centre', 'scope=late', 'scope=late&state=submitted&sort=due']
  return { queue: await timesOf(officer, queue), late: await timesOf(officer, late) }
}

async function timesOf(officer: Person, queries: readonly string[]) {
  const times: number[] = []
  let total = 0
  for (let round = 0; round < 40; round++) {
    for (const query of queries) {
      const began = performance.now()
      const { status, body } = await officer.get(`/api/v1/matters?${query}&limit=50`)
      if (status !== 200) throw new Error(`the list answered ${status}: ${JSON.stringify(body)}`)
      // The first rounds warm caches and plans.
      if (round >= 5) times.push(performance.now() - began)
      total = Math.max(total, body.total)
    }
  }
  return {
    requests: times.length,
    largestTotal: total,
    p50Ms: rounded(median(times)),
    p95Ms: rounded(percentile(times, 0.95)),
  }
}

/** A holiday is added to this year: every open clock is counted again, and those that move are logged. */
async function recount(db: Db): Promise<Measurement> {
  const today = todayIn('Asia/Shanghai', new Date())
  const holiday = addDays(today, 2)
  const calendar = {
    years: nationalCalendar.years.map((year) =>
      year.year === Number(holiday.slice(0, 4))
        ? { ...year, daysOff: { ...year.daysOff, [holiday]: '假日' } }
        : year,
    ),
  }
  const began = performance.now()
  const { clocks, moved } = await inAuditedTransaction(db, async (tx) => {
    const now = new Date()
    const done = await recountClocks(tx, { calendar, version: 'bench', before: null, now })
    const context = {
      actor: { kind: 'system', job: 'bench' },
      requestId: 'bench',
      now,
      today: date(today),
    } as const
    await recordAudit(tx, context, {
      action: 'matter.clocks-recounted',
      subject: { kind: 'matter-recount', id: done.id },
    })
    return done
  })
  const ms = performance.now() - began
  return {
    name: 'every open clock counted again after a change of the calendar',
    figures: { clocks, moved, ms: rounded(ms, 0) },
    budget: '100,000 clocks in < 10 s',
    met: clocks >= MATTERS && ms < 10_000,
  }
}

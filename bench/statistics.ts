import { rm } from 'node:fs/promises'
import pg from 'pg'
import { findEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { freePort } from '#platform/processes.ts'
import { startPlatform } from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { median, percentile, rounded, type Measurement } from './measure.ts'

const RECORDS = 1_000_000
const ROUNDS = 15

/** The board and the lists behind it over a million records, through HTTP, beside bare SQL that counts the same rows. */
export async function statistics(): Promise<Measurement[]> {
  const dataFolder = await temporaryFolder('bench')
  const platform = await startPlatform({
    dataFolder,
    port: await freePort(),
    env: { ZHIYUAN_RATE_LIMIT: '0' },
  })
  const client = new pg.Client({
    connectionString: await findEmbeddedPostgres({
      dataFolder,
      log: createLog('silent'),
      database: 'zhiyuan',
    }),
  })
  await client.connect()
  try {
    await fill(client)
    const bare = await bareCounts(client)
    const api = `${platform.url}/api/v1`
    const cold = await timed(`${api}/board`)
    const warm = await repeated(() => timed(`${api}/board`))
    const afterWrite = await repeated(async () => {
      await client.query(touchOneService)
      return timed(`${api}/board`)
    })
    const lists = await openAll(api)
    const slowest = lists.reduce((one, other) => (other.first > one.first ? other : one))
    return [
      {
        name: 'board with every indicator',
        figures: {
          records: RECORDS,
          warmMs: rounded(median(warm)),
          warmP95Ms: rounded(percentile(warm, 0.95)),
          coldMs: rounded(cold, 0),
          afterAWriteMs: rounded(median(afterWrite)),
          bareSqlMs: rounded(bare, 0),
          warmToBareSql: rounded(median(warm) / bare, 3),
          afterAWriteToBareSql: rounded(median(afterWrite) / bare, 2),
        },
        budget: 'warm < 300 ms',
        met: median(warm) < 300,
      },
      {
        name: 'opening any number, first page',
        figures: {
          lists: lists.length,
          medianMs: rounded(median(lists.map(({ warm: time }) => time))),
          slowestMs: rounded(Math.max(...lists.map(({ warm: time }) => time))),
          slowestOnFirstSightMs: rounded(slowest.first),
          slowestOnFirstSight: slowest.url,
        },
        budget: 'every one < 100 ms warm',
        met: lists.every(({ warm: time }) => time < 100),
      },
    ]
  } finally {
    await client.end()
    platform.supervisor.kill('SIGTERM')
    await new Promise((resolve) => platform.supervisor.once('exit', resolve))
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function timed(url: string): Promise<number> {
  const started = performance.now()
  const response = await fetch(url)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return performance.now() - started
}

async function repeated(once: () => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) times.push(await once())
  return times
}

/** Every address that the board gives for its numbers: first as nobody has opened it, then again. */
async function openAll(api: string) {
  const response = await fetch(`${api}/indicators`)
  const { items } = (await response.json()) as { items: { parts: { recordsUrl: string }[] }[] }
  const lists: { url: string; first: number; warm: number }[] = []
  for (const { recordsUrl } of items.flatMap(({ parts }) => parts)) {
    const url = new URL(recordsUrl, api).href
    const first = await timed(url)
    lists.push({ url: recordsUrl, first, warm: median(await repeated(() => timed(url))) })
  }
  return lists
}

/** Services fill the most, as in life; transfers, inventions and returns of firms the rest. All counted by the board. */
async function fill(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `select (${SOURCES.map((table) => `(select count(*) from ${table})`).join(' + ')})::int as n`,
  )
  const missing = RECORDS - (rows[0]?.n ?? 0)
  await client.query('set synchronous_commit = off')
  await client.query(addServices, [Math.round(missing * 0.7)])
  await client.query(addTransfers, [Math.round(missing * 0.3)])
  await client.query(`vacuum (analyze) ${SOURCES.join(', ')}, service_reach`)
}

const SOURCES = [
  'service_record',
  'deal_patent',
  'invention',
  'invention_criterion',
  'practitioner_post',
  'party_standing',
  'pct_application',
  'agency_return',
]

// Drawn from arrays: joining a million numbers to a window function takes the planner's worst path.
const addServices = `
  with drawn as materialized (
    select array(select id from party where kind = 'organisation' order by id) as firms,
      array(select id from agency order by id) as offices,
      array(select distinct matter_type || '/' || service_class from service_record order by 1) as kinds
  )
  insert into service_record (agency_id, client_id, reference, matter_type, service_class, served_on, source)
  select offices[1 + i % cardinality(offices)], firms[1 + (i::bigint * 104729 % cardinality(firms))::int], 'bench-' || i,
    split_part(kinds[1 + i % cardinality(kinds)], '/', 1), split_part(kinds[1 + i % cardinality(kinds)], '/', 2),
    date '2024-01-01' + (i::bigint * 7919 % 1000)::int, 'bench'
  from drawn, generate_series(1, $1::int) i`

const addTransfers = `
  with drawn as materialized (select array(select id from deal where kind = 'transfer' order by id) as deals)
  insert into deal_patent (deal_id, kind, recorded_on, patent_number)
  select deal.id, deal.kind, deal.recorded_on, 'BENCH' || i
  from drawn cross join generate_series(1, $1::int) i join deal on deal.id = drawn.deals[1 + i % cardinality(drawn.deals)]`

const touchOneService = `update service_record set source = 'bench' where id = (select id from service_record limit 1)`

/** The plainest SQL that counts the same two large tables, on the same server in the same minute. */
async function bareCounts(client: pg.Client): Promise<number> {
  const counts = [
    `select count(*) from deal_patent where kind = 'transfer' and recorded_on between date '2026-01-01' and current_date`,
    `select count(distinct client_id) from service_record where voided_at is null and served_on between date '2024-01-01' and current_date`,
    ...['invention', 'invention_criterion', 'practitioner_post', 'pct_application', 'agency_return'].map(
      (table) => `select count(*) from ${table}`,
    ),
  ]
  const times = await repeated(async () => {
    const started = performance.now()
    for (const count of counts) await client.query(count)
    return performance.now() - started
  })
  return median(times)
}

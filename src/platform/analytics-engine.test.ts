import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { testAnalytics } from '#testing/analytics.ts'

const { engine, folder } = await testAnalytics()
const connection = { url: engine.url, username: engine.username, password: engine.password }
const client = createClient({ ...connection, log: { level: ClickHouseLogLevel.OFF } })
afterAll(() => client.close())

type Settings = Parameters<typeof client.query>[0]['clickhouse_settings']

async function rows<Row = Record<string, unknown>>(
  query: string,
  query_params = {},
  clickhouse_settings: Settings = {},
) {
  const result = await client.query({ query, query_params, clickhouse_settings, format: 'JSONEachRow' })
  return result.json<Row>()
}

const running = async () =>
  (
    await rows<{ n: number }>("SELECT count() AS n FROM system.processes WHERE query NOT LIKE '%processes%'")
  )[0]?.n

/** A request as any other program would make it. */
const request = (path: string, init: RequestInit = {}) =>
  fetch(`${engine.url}${path}`, {
    method: 'POST',
    ...init,
    headers: { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': engine.password, ...init.headers },
  })

beforeAll(async () => {
  await client.command({ query: 'CREATE TABLE note (id UInt32, text String) ENGINE = MergeTree ORDER BY id' })
})

test('parameters of every kind arrive as the values they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
      fc.array(fc.string()),
      fc.option(fc.integer()),
      async (text, list, number) => {
        const query =
          'SELECT {text:String} AS text, {list:Array(String)} AS list, {number:Nullable(Int64)} AS number'
        const quote = { output_format_json_quote_64bit_integers: 0 } as const
        expect(await rows(query, { text, list, number }, quote)).toEqual([{ text, list, number }])
      },
    ),
    { numRuns: 60 },
  )
})

test.for([
  "'; DROP TABLE note; --",
  '{other:String}',
  "\\'); DROP TABLE note",
  '$$ ; DROP TABLE note',
  '`note`',
])('a hostile text stays a text: %s', async (text) => {
  await client.insert({ table: 'note', values: [{ id: 1, text }], format: 'JSONEachRow' })
  expect(await rows('SELECT text FROM note WHERE text = {text:String} LIMIT 1', { text })).toEqual([{ text }])
  await expect(rows(`SELECT * FROM note; DROP TABLE note`)).rejects.toMatchObject({ code: '62' })
  expect(await rows('EXISTS TABLE note')).toEqual([{ result: 1 }])
})

test('rows with blank lines and semicolons are stored whole, in every format, and bad ones not at all', async () => {
  await client.command({ query: 'TRUNCATE TABLE note' })
  const text = 'first\n\nSELECT 1; third'
  await client.insert({
    table: 'note',
    values: [
      { id: 1, text },
      { id: 2, text: '' },
    ],
    format: 'JSONEachRow',
  })
  await client.insert({
    table: 'note',
    values: Readable.from([`3,"${text}"\n`, '4,x\n'], { objectMode: false }),
    format: 'CSV',
  })
  await request(`/?query=${encodeURIComponent('INSERT INTO note FORMAT JSONEachRow')}`, {
    body: `{"id":5,"text":"a"}\n\n\n{"id":6,"text":"b"}\n`,
  })
  await client.command({ query: "INSERT INTO note VALUES (7, 'a;b'), (8, 'c')" })
  const stored = await rows('SELECT id, text FROM note ORDER BY id')
  expect(stored.map(({ text }) => text)).toEqual([text, '', text, 'x', 'a', 'b', 'a;b', 'c'])

  const bad = [
    { id: 9, text: 'good' },
    { id: 'ten', text: 'bad' },
  ]
  await expect(client.insert({ table: 'note', values: bad, format: 'JSONEachRow' })).rejects.toMatchObject({
    code: '27',
  })
  expect(await rows('SELECT count() AS n FROM note')).toEqual([{ n: 8 }])
})

test('an insert says how many rows it wrote', async () => {
  await client.command({ query: 'TRUNCATE TABLE note' })
  const values = Readable.from(Array.from({ length: 2500 }, (_, id) => ({ id, text: `行 ${id}` })))
  const { summary } = await client.insert({ table: 'note', values, format: 'JSONEachRow' })
  expect(summary?.written_rows).toBe('2500')
  expect(await rows('SELECT count() AS n, max(text) AS last FROM note')).toEqual([
    { n: 2500, last: '行 999' },
  ])
})

test.for([
  ['SELECT nothing', '47', 404],
  ['SELECT 1 1 1', '62', 400],
  ['SELECT * FROM nowhere', '60', 404],
  ['SELECT {x:String}', '456', 400],
  ['SELECT throwIf(1)', '395', 500],
  ['INSERT INTO nowhere FORMAT JSONEachRow {"a":1}', '60', 404],
] as const)('"%s" fails with code %s', async ([query, code, status]) => {
  const response = await request('/', { body: query })
  expect(response.status).toBe(status)
  expect(response.headers.get('x-clickhouse-exception-code')).toBe(code)
  expect(await response.text()).toContain(`Code: ${code}. DB::Exception: `)
})

test('a failed query leaves nothing in the answer of the next one', async () => {
  for (let attempt = 0; attempt < 10; attempt++) {
    await expect(rows('SELECT number, throwIf(number = 500000) FROM numbers(1000000)')).rejects.toMatchObject(
      { code: '395' },
    )
    expect(await rows('SELECT 7 AS seven')).toEqual([{ seven: 7 }])
  }
})

test('nothing of a request is left for the next: parameters, settings, database', async () => {
  const fresh = await rows<{ threads: string }>("SELECT getSetting('max_threads') AS threads")
  for (let attempt = 0; attempt < 10; attempt++) {
    await rows('SELECT {secret:String}', { secret: 'mine' }, { max_threads: 1 })
    await expect(rows('SELECT {secret:String}')).rejects.toMatchObject({ code: '456' })
    expect(await rows("SELECT getSetting('max_threads') AS threads, '{secret:' AS text")).toEqual([
      { ...fresh[0], text: '{secret:' },
    ])
    await client.command({ query: 'SET max_threads = 1' })
    await client.command({ query: 'USE system' })
    expect(await rows("SELECT currentDatabase() AS d, getSetting('max_threads') AS threads")).toEqual([
      { d: 'default', ...fresh[0] },
    ])
  }
})

test('large results come whole, in any format, and leave no file behind', async () => {
  let count = 0
  const result = await client.query({
    query: 'SELECT number, toString(number) AS s FROM numbers(400000)',
    format: 'JSONEachRow',
  })
  for await (const chunk of result.stream()) count += chunk.length
  expect(count).toBe(400_000)
  const whole = await client.query({ query: 'SELECT number FROM numbers(600000)', format: 'JSON' })
  const document = await whole.json<{ number: number }>()
  expect(document.rows).toBe(600_000)
  expect(document.data.at(-1)).toEqual({ number: 599_999 })
  await expect.poll(() => readdir(join(folder, 'spool'))).toEqual([])
})

test('an error in the middle of a large result is an error, not a shorter result', async () => {
  const query = 'SELECT toString(number), throwIf(number = 3000000) FROM numbers(4000000)'
  await expect(client.query({ query, format: 'JSONEachRow' })).rejects.toMatchObject({ code: '395' })
})

test.for(['gzip', 'zstd', 'br'] as const)('requests and answers may be compressed with %s', async (codec) => {
  const compressing = createClient({
    ...connection,
    compression: { request: { codec }, response: { codec } },
  })
  await client.command({ query: 'TRUNCATE TABLE note' })
  await compressing.insert({ table: 'note', values: [{ id: 1, text: '压缩' }], format: 'JSONEachRow' })
  const result = await compressing.query({ query: 'SELECT text FROM note', format: 'JSONEachRow' })
  expect(await result.json()).toEqual([{ text: '压缩' }])
  await compressing.close()
})

test('lists too long for an address travel in a form', async () => {
  const list = Array.from({ length: 200_000 }, (_, index) => index)
  const query = 'SELECT length({list:Array(UInt32)}) AS n'
  const result = await client.query({
    query,
    query_params: { list },
    format: 'JSONEachRow',
    use_multipart_params: true,
  })
  expect(await result.json()).toEqual([{ n: 200_000 }])
})

test.for([
  ['time', 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)', { max_execution_time: 1 }, '159'],
  [
    'time asleep',
    'SELECT sleepEachRow(1) FROM numbers(100) SETTINGS max_block_size = 1',
    { max_execution_time: 1 },
    '159',
  ],
  ['memory', 'SELECT groupArray(number) FROM numbers(100000000)', { max_memory_usage: '10000000' }, '241'],
  ['rows', 'SELECT number FROM numbers(1000)', { max_result_rows: '10' }, '396'],
] as const)('a limit of %s stops a runaway query', async ([, query, settings, code]) => {
  const begun = performance.now()
  await expect(rows(query, {}, settings)).rejects.toMatchObject({ code })
  expect(performance.now() - begun).toBeLessThan(5000)
})

test('queries that run long do not keep others waiting, and are cancelled when their caller goes', async () => {
  const leave = new AbortController()
  const query = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000) SETTINGS max_threads = 1'
  const long = Array.from({ length: 6 }, () =>
    client.query({ query, abort_signal: leave.signal }).catch(() => 'gone'),
  )
  await expect.poll(running).toBe(6)
  expect(await rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
  leave.abort()
  expect(await Promise.all(long)).toEqual(Array.from({ length: 6 }, () => 'gone'))
  await expect.poll(running, { timeout: 5000 }).toBe(0)
})

test('a query is killed through the interface while every session is busy', async () => {
  const query = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000) SETTINGS max_threads = 1'
  const long = Array.from({ length: 9 }, () =>
    client.query({ query }).catch(({ code }: { code: string }) => code),
  )
  await sleep(300)
  await expect
    .poll(
      async () => {
        await client.command({ query: "KILL QUERY WHERE query LIKE 'SELECT sum(sipHash64%' ASYNC" })
        return Promise.race([Promise.all(long), sleep(200)])
      },
      { timeout: 10_000 },
    )
    .toEqual(Array.from({ length: 9 }, () => '394'))
})

test('more callers than the queue holds are told to come back', async () => {
  const many = createClient({
    ...connection,
    max_open_connections: 400,
    log: { level: ClickHouseLogLevel.OFF },
  })
  const codes = await Promise.all(
    Array.from({ length: 400 }, () =>
      many.query({ query: 'SELECT sleep(0.05)', format: 'CSV' }).then(
        (result) => result.text(),
        ({ code }: { code: string }) => code,
      ),
    ),
  )
  await many.close()
  expect(new Set(codes)).toEqual(new Set(['0\n', '202']))
  expect(codes.filter((code) => code === '0\n').length).toBeGreaterThanOrEqual(256)
})

test('only who knows the password is answered, except to ping', async () => {
  expect(await (await fetch(`${engine.url}/ping`)).text()).toBe('Ok.\n')
  for (const headers of [{}, { 'X-ClickHouse-User': engine.username, 'X-ClickHouse-Key': 'guess' }]) {
    const response = await fetch(`${engine.url}/?query=SELECT%201`, { headers })
    expect(response.status).toBe(403)
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('516')
  }
  expect((await stat(join(folder, 'engine.json'))).mode & 0o777).toBe(0o600)
})

test('what the embedded engine does not do, it refuses', async () => {
  for (const path of ['/?session_id=a', '/?compress=1', '/?role=admin']) {
    expect((await request(path, { body: 'SELECT 1' })).status).toBe(501)
  }
  expect((await request('/', { body: 'SELECT 1', headers: { 'Content-Encoding': 'lz4' } })).status).toBe(501)
  expect((await request("/?a'b=1", { body: 'SELECT 1' })).status).toBe(404)
  expect((await request('/elsewhere')).status).toBe(404)
  expect(
    (await request('/?no_such_setting=1', { body: 'SELECT 1' })).headers.get('x-clickhouse-exception-code'),
  ).toBe('115')
})

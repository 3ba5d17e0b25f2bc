import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import pg from 'pg'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { createLog } from '#platform/log.ts'
import { documentOf } from './patents.corpus.ts'

const jieba = Jieba.withDict(dict)
const cut = (text: string) => jieba.cut(text, true).filter((word) => /[\p{L}\p{N}]/u.test(word))

const BATCH = 5000

/**
 * The peer: PostgreSQL 18 on the same documents, set up by somebody who knows it. Words are cut beforehand and indexed under the
 * `simple` configuration by GIN (`fastupdate` off, built after loading), titles have an index of their own, what is counted stands in
 * plain columns with the indexes it likes; two gigabytes of shared buffers, 256 MB of work memory, no JIT.
 */
export interface Peer {
  readonly client: pg.Client
  readonly pool: pg.Pool
  /** Adds the documents from one number up to another; answers rows a second, cutting included, writing included. */
  load(from: number, to: number): Promise<number>
  stop(): Promise<void>
}

export async function startPeer(dataFolder: string): Promise<Peer> {
  const server = await startEmbeddedPostgres({
    dataFolder,
    log: createLog('error'),
    database: 'peer',
    settings: {
      shared_buffers: '2GB',
      effective_cache_size: '8GB',
      work_mem: '256MB',
      maintenance_work_mem: '1GB',
      max_wal_size: '16GB',
      synchronous_commit: 'off',
    },
  })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`create table document (
    id bigint primary key, number text not null, sort_on date not null, title text not null,
    words tsvector not null, title_words tsvector not null, year int not null, granted int not null,
    owned_right text not null, status text not null, subclasses text[] not null, holders text[] not null,
    inventors text[] not null, agency text not null)`)
  const pool = new pg.Pool({ connectionString: server.url, max: 8 })
  return {
    client,
    pool,
    load: (from, to) => load(client, from, to),
    stop: async () => {
      await pool.end()
      await client.end()
      await server.stop()
    },
  }
}

async function load(client: pg.Client, from: number, to: number): Promise<number> {
  await client.query(
    'drop index if exists document_words, document_title, document_newest, document_subclasses, document_year',
  )
  let spent = 0
  for (let at = from; at < to; at += BATCH) {
    const records = Array.from({ length: Math.min(BATCH, to - at) }, (_, one) => documentOf(at + one))
    const started = performance.now()
    const rows = records.map((record, one) => {
      const title = cut(record.titles['zh'] ?? '')
      const rest = [record.abstracts['zh'] ?? '', ...(record.claims?.texts ?? [])].map(cut)
      return {
        id: at + one,
        number: record.publicationNumber,
        sort_on: record.filedOn,
        title: record.titles['zh'],
        title_words: title.join(' '),
        words: [title, ...rest].map((words) => words.join(' ')).join(' '),
        year: Number(record.filedOn?.slice(0, 4)),
        granted: Number(record.grantedOn?.slice(0, 4) ?? 0),
        owned_right: record.right,
        status: record.legalStatus,
        subclasses: [...new Set(record.ipc.map((code) => code.slice(0, 4)))],
        holders: record.applicants.map(({ name }) => name),
        inventors: record.inventors,
        agency: record.agency?.name ?? '',
      }
    })
    await client.query(
      `insert into document (id, number, sort_on, title, words, title_words, year, granted, owned_right, status, subclasses, holders, inventors, agency)
       select id, number, sort_on, title, to_tsvector('simple', words), to_tsvector('simple', title_words), year, granted, owned_right, status, subclasses, holders, inventors, agency
       from jsonb_to_recordset($1::jsonb) as r (id bigint, number text, sort_on date, title text, words text, title_words text, year int,
         granted int, owned_right text, status text, subclasses text[], holders text[], inventors text[], agency text)`,
      [JSON.stringify(rows)],
    )
    spent += performance.now() - started
  }
  const started = performance.now()
  for (const index of [
    'create index document_words on document using gin (words) with (fastupdate = off)',
    'create index document_title on document using gin (title_words) with (fastupdate = off)',
    'create index document_newest on document (sort_on desc, id desc)',
    'create index document_subclasses on document using gin (subclasses) with (fastupdate = off)',
    'create index document_year on document (year)',
    'vacuum (analyze) document',
  ])
    await client.query(index)
  spent += performance.now() - started
  return ((to - from) / spent) * 1000
}

const all = (words: readonly string[]) => words.flatMap(cut).map(quoted).join(' & ')
const adjacent = (text: string) => cut(text).map(quoted).join(' <-> ')
const quoted = (word: string) => `'${word.replaceAll("'", "''")}'`

type Asker = pg.Client | pg.Pool

/** The newest twenty that have both words, and how many there are. */
export async function newestOf(client: Asker, words: readonly string[]): Promise<number> {
  const query = all(words)
  const counted = await client.query<{ n: string }>(
    `select count(*) as n from document where words @@ $1::tsquery`,
    [query],
  )
  await client.query(
    `select number, title, sort_on from document where words @@ $1::tsquery order by sort_on desc, id desc limit 20`,
    [query],
  )
  return Number(counted.rows[0]?.n)
}

export async function relevantOf(client: Asker, words: readonly string[]): Promise<void> {
  const query = all(words)
  await client.query(`select count(*) from document where words @@ $1::tsquery`, [query])
  await client.query(
    `select number, title, ts_rank(setweight(title_words, 'A') || words, $1::tsquery) as rank from document
     where words @@ $1::tsquery order by rank desc, sort_on desc, id desc limit 20`,
    [query],
  )
}

export async function phraseOf(client: Asker, phrase: string): Promise<void> {
  const query = adjacent(phrase)
  await client.query(`select count(*) from document where words @@ $1::tsquery`, [query])
  await client.query(
    `select number, title from document where words @@ $1::tsquery order by sort_on desc, id desc limit 20`,
    [query],
  )
}

/** The same charts as a landscape: cells of year, grant, right and status; classes; the top holders, inventors, agencies. */
export async function landscapeOf(client: Asker, word: string): Promise<void> {
  await client.query(
    `with found as materialized (
       select year, granted, owned_right, status, subclasses, holders, inventors, agency from document where words @@ $1::tsquery)
     select 'cells' as chart, jsonb_agg(c)::text from (select year, granted, owned_right, status, count(*) from found group by 1, 2, 3, 4) c
     union all select 'classes', jsonb_agg(c)::text from (select s, count(*) from found, unnest(subclasses) s group by 1 order by 2 desc limit 400) c
     union all select 'holders', jsonb_agg(c)::text from (select h, count(*) from found, unnest(holders) h group by 1 order by 2 desc limit 20) c
     union all select 'inventors', jsonb_agg(c)::text from (select i, count(*) from found, unnest(inventors) i group by 1 order by 2 desc limit 20) c
     union all select 'agencies', jsonb_agg(c)::text from (select agency, count(*) from found group by 1 order by 2 desc limit 20) c`,
    [all([word])],
  )
}

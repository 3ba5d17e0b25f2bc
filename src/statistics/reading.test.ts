import { sql } from 'kysely'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { plant, plantOrchards } from '#testing/orchards.ts'
import { readTogether, sweepTouches } from './reading.store.ts'

const w = await world()

beforeAll(async () => {
  await plantOrchards(w.db)
  await sql`create table unwatched (n integer)`.execute(w.db)
})

const countOrchards = () =>
  readTogether(w.db, async ({ ask }) => {
    const [row] = await ask(sql<{ n: number }>`select count(*) as n from orchard`)
    return row?.n
  })

describe('what is kept in memory', () => {
  test('[F085] is answered again without asking, until someone writes', async () => {
    await plant(w.db, 1, 3)
    const asked = async () => {
      const { rows } = await sql<{ n: number }>`
        select seq_scan + coalesce(idx_scan, 0) as n from pg_stat_user_tables where relname = 'orchard'`.execute(
        w.db,
      )
      return rows[0]?.n
    }
    expect(await countOrchards()).toBe(3)
    await sql`select pg_stat_force_next_flush()`.execute(w.db)
    const before = await asked()
    for (let time = 0; time < 5; time += 1) expect(await countOrchards()).toBe(3)
    expect(await asked()).toBe(before)
    await plant(w.db, 4, 1)
    expect(await countOrchards()).toBe(4)
    await sql`update orchard set felled_on = '2026-01-01' where id = 'o00001'`.execute(w.db)
    await sql`delete from orchard where id = 'o00004'`.execute(w.db)
    expect(await countOrchards()).toBe(3)
  })

  test('[F085] a writer in flight while it was computed cannot leave a stale answer behind', async () => {
    const writer = new pg.Client({ connectionString: w.url })
    await writer.connect()
    try {
      const before = (await countOrchards()) ?? 0
      await writer.query('begin')
      await writer.query(
        `insert into orchard (id, name, tree, planted_on) values ('f1', 'In flight', 'pear', '2025-01-01')`,
      )
      // Computed and kept while the writer has touched the table and not yet committed.
      expect(await countOrchards()).toBe(before)
      await plant(w.db, 50, 1)
      expect(await countOrchards()).toBe(before + 1)
      await writer.query('commit')
      expect(await countOrchards()).toBe(before + 2)
      await writer.query('begin')
      await writer.query(`delete from orchard where id = 'f1'`)
      await writer.query('rollback')
      expect(await countOrchards()).toBe(before + 2)
    } finally {
      await writer.end()
    }
  })

  test('[F085] always equals the database, with many writers and readers at once', async () => {
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let n = 0; n < 25; n += 1) {
        await plant(w.db, 10_000 + writer * 100 + n, 1)
        if (n % 3 === 0) await sweepTouches(w.db)
      }
    })
    const readers = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < 40; n += 1) {
        await readTogether(w.db, async ({ ask, db }) => {
          const [kept] = await ask(sql<{ n: number }>`select count(*) as n from orchard`)
          const { rows } = await sql<{ n: number }>`select count(*) as n from orchard`.execute(db)
          expect(kept?.n).toBe(rows[0]?.n)
        })
      }
    })
    await Promise.all([...writers, ...readers])
  })

  test('a table that nobody watches is asked every time', async () => {
    const count = () =>
      readTogether(
        w.db,
        async ({ ask }) => (await ask(sql<{ n: number }>`select count(*) as n from unwatched`))[0]?.n,
      )
    expect(await count()).toBe(0)
    await sql`insert into unwatched values (1)`.execute(w.db)
    expect(await count()).toBe(1)
  })

  test('one reading sees one moment, whatever is written meanwhile', async () => {
    await readTogether(w.db, async ({ ask }) => {
      const first = await ask(sql<{ n: number }>`select count(*) as n from orchard`)
      await plant(w.db, 70_000, 5)
      const second = await ask(sql<{ n: number }>`select count(*) + 0 as n from orchard`)
      expect(second[0]?.n).toBe(first[0]?.n)
    })
  })
})

import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { openDatabase, type Db } from '#platform/database.ts'
import { testLedger, type TestLedger } from '#testing/ledger.ts'
import { recordAudit, sealRows } from './public.ts'
import { rotateKey } from './sequencer.ts'
import { verifyLedger } from './verification.ts'

/** A ledger that holds the key entry, 300 audit entries, and 700 sealed rows. */
async function filledLedger(): Promise<TestLedger> {
  const ledger = await testLedger()
  await sql`create table sample (id uuid primary key, name text not null, note text)`.execute(ledger.db)
  await ledger.sequence()
  for (let first = 0; first < 300; first += 100) {
    await ledger.write(async (tx, context) => {
      for (let number = first; number < first + 100; number++) {
        await recordAudit(tx, context, {
          action: 'sample.seen',
          subject: { kind: 'sample', id: String(number) },
        })
      }
    })
    await ledger.sequence()
  }
  await ledger.write(async (tx, context) => {
    await sql`insert into sample select gen_random_uuid(), 'row ' || n from generate_series(1, 700) n`.execute(
      tx,
    )
    await sealRows(tx, context, {
      action: 'sample.imported',
      subject: { kind: 'import', id: '1' },
      table: 'sample',
    })
  })
  await ledger.sequence()
  return ledger
}

/** What somebody with the database password can do: triggers do not stop them. */
async function tamper(db: Db, change: (db: Db) => Promise<unknown>) {
  await db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection)
    await change(connection)
    await sql`set session_replication_role = origin`.execute(connection)
  })
}

let ledger: TestLedger
beforeEach(async () => {
  ledger = await filledLedger()
})

test('[F107] an untouched ledger verifies, with every entry, checkpoint and row counted', async () => {
  const result = await verifyLedger(ledger.db)
  expect(result.problems).toEqual([])
  expect(result).toMatchObject({
    ok: true,
    entries: 303,
    pending: 0,
    checkpoints: 5,
    checkedRows: 700,
    firstBadEntry: null,
  })
})

const entryAt = (index: number) => sql`(select entry_id from ledger_leaf where tree_index = ${index})`

test('[F107] an altered entry is named, and nothing after it is blamed', async () => {
  await tamper(ledger.db, (db) =>
    sql`update ledger_entry set body = replace(body, '"sample.seen"', '"sample.lost"') where id = ${entryAt(100)}`.execute(
      db,
    ),
  )
  const result = await verifyLedger(ledger.db)
  expect(result).toMatchObject({ ok: false, firstBadEntry: 100, problemCount: 1 })
  expect(result.problems[0]).toMatchObject({ kind: 'entry-altered', entry: 100 })
})

test('[F107] an entry altered together with its hash is named by the tree, which the signatures confirm', async () => {
  await tamper(ledger.db, (db) =>
    sql`update ledger_entry set body = '{}', leaf_hash = sha256('\\x00'::bytea || convert_to('{}', 'UTF8'))
      where id = ${entryAt(150)}`.execute(db),
  )
  expect((await verifyLedger(ledger.db)).problems).toMatchObject([{ kind: 'tree-altered', entry: 150 }])
})

test('[F107] an entry altered with its hash and the tree is caught by the signature over the entries it lies among', async () => {
  await tamper(ledger.db, async (db) => {
    await sql`update ledger_entry set body = '{}', leaf_hash = sha256('\\x00'::bytea || convert_to('{}', 'UTF8'))
      where id = ${entryAt(290)}`.execute(db)
    await sql`update ledger_tile set hashes = overlay(hashes placing sha256('\\x00'::bytea || convert_to('{}', 'UTF8'))
      from 34 * 32 + 1) where level = 0 and tile_index = 1`.execute(db)
  })
  const result = await verifyLedger(ledger.db)
  expect(result.problems).toMatchObject([{ kind: 'checkpoint-altered', entry: 201 }])
})

test('[F107] an entry with separators smuggled into it does not confuse the reading', async () => {
  await tamper(ledger.db, (db) =>
    sql`update ledger_entry set body = jsonb_set(body::jsonb, '{action}', '"a"')::text || chr(30) where id = ${entryAt(7)}`
      .execute(db)
      .catch(() =>
        sql`update ledger_entry set body = '{"kind" : "audit"}' where id = ${entryAt(7)}`.execute(db),
      ),
  )
  expect(await verifyLedger(ledger.db)).toMatchObject({ firstBadEntry: 7, problemCount: 1 })
})

test('[F107] a deleted entry is named', async () => {
  await tamper(ledger.db, (db) => sql`delete from ledger_entry where id = ${entryAt(42)}`.execute(db))
  const result = await verifyLedger(ledger.db)
  expect(result.firstBadEntry).toBe(42)
  expect(result.problems[0]).toMatchObject({ kind: 'entry-missing', entry: 42 })
})

test('[F107] an entry deleted with its place in the tree is named', async () => {
  await tamper(ledger.db, async (db) => {
    await sql`delete from ledger_entry where id = ${entryAt(42)}`.execute(db)
    await sql`delete from ledger_leaf where tree_index = 42`.execute(db)
  })
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: false, firstBadEntry: 42 })
})

test('[F107] a log cut off at its end is caught by the checkpoints that covered more', async () => {
  await tamper(ledger.db, async (db) => {
    await sql`delete from ledger_entry where id in (select entry_id from ledger_leaf where tree_index >= 290)`.execute(
      db,
    )
    await sql`delete from ledger_leaf where tree_index >= 290`.execute(db)
  })
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: false, firstBadEntry: 201 })
})

test('[F107] a log rolled back to an earlier signed state is caught by a checkpoint kept outside', async () => {
  const { rows } = await sql<{
    note: string
  }>`select note from ledger_checkpoint order by tree_size desc limit 1`.execute(ledger.db)
  const kept = rows[0]!.note
  expect(await verifyLedger(ledger.db, { against: kept })).toMatchObject({ ok: true })
  await tamper(ledger.db, async (db) => {
    await sql`delete from ledger_entry where id in (select entry_id from ledger_leaf where tree_index >= 301)`.execute(
      db,
    )
    await sql`delete from ledger_leaf where tree_index >= 301`.execute(db)
    await sql`delete from ledger_checkpoint where tree_size > 301`.execute(db)
    await sql`delete from row_seal`.execute(db)
    await sql`update ledger_tile set hashes = substring(hashes for 45 * 32) where level = 0 and tile_index = 1`.execute(
      db,
    )
  })
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true, entries: 301 })
  expect(await verifyLedger(ledger.db, { against: kept })).toMatchObject({ ok: false, firstBadEntry: 301 })
})

test('[F107] an entry slipped in beside the log is found', async () => {
  await sql`insert into ledger_entry (body, leaf_hash) values ('{"kind":"audit"}', sha256('x'))`.execute(
    ledger.db,
  )
  const { problems } = await verifyLedger(ledger.db)
  expect(problems.map(({ kind }) => kind)).toEqual(['entry-not-in-log'])
})

test.for([
  ['a leaf', 0, 1, 12, 268],
  ['an inner node', 1, 0, 0, 0],
])(
  '[F107] %s altered in the stored tree is named by its first entry',
  async ([, level, index, place, entry]) => {
    await tamper(ledger.db, (db) =>
      sql`update ledger_tile set hashes = set_byte(hashes, ${Number(place) * 32}, 255 - get_byte(hashes, ${Number(place) * 32}))
      where level = ${level} and tile_index = ${index}`.execute(db),
    )
    const result = await verifyLedger(ledger.db)
    expect(result.problems[0]).toMatchObject({ kind: 'tree-altered', entry })
    expect(result.firstBadEntry).toBe(entry)
  },
)

test('[F107] an altered checkpoint is named by the first entry it covers', async () => {
  await tamper(ledger.db, (db) =>
    sql`update ledger_checkpoint set note = replace(note, E'\n201\n', E'\n202\n') where tree_size = 201`.execute(
      db,
    ),
  )
  const result = await verifyLedger(ledger.db)
  expect(result.problems[0]).toMatchObject({ kind: 'signature-wrong', entry: 101 })
})

test('[F107] a checkpoint signed by a key that the log never introduced is refused', async () => {
  const other = await filledLedger()
  const { rows } = await sql<{
    note: string
  }>`select note from ledger_checkpoint where tree_size = 201`.execute(other.db)
  await tamper(ledger.db, (db) =>
    sql`update ledger_checkpoint set note = ${rows[0]!.note} where tree_size = 201`.execute(db),
  )
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: false, firstBadEntry: 101 })
})

test('[F107] an altered row is named with the entry that recorded it', async () => {
  await sql`update sample set name = 'another' where name = 'row 500'`.execute(ledger.db)
  const result = await verifyLedger(ledger.db)
  expect(result).toMatchObject({ ok: false, problemCount: 1 })
  expect(result.problems[0]).toMatchObject({ kind: 'row-altered', table: 'sample' })
  expect([301, 302]).toContain(result.firstBadEntry)
})

test('[F107] altering a row and its seal does not help', async () => {
  await sql`update sample set name = 'another' where name = 'row 500'`.execute(ledger.db)
  await sql`update row_seal s set digest = row_digest(r) from sample r where s.row_id = r.id::text`.execute(
    ledger.db,
  )
  const { problems } = await verifyLedger(ledger.db)
  expect(problems.map(({ kind }) => kind).sort()).toEqual(['row-altered', 'seal-altered'])
})

test('[F107] a deleted row is named, and so is a table that is gone', async () => {
  await sql`delete from sample where name = 'row 3'`.execute(ledger.db)
  expect((await verifyLedger(ledger.db)).problems).toMatchObject([{ kind: 'row-missing', table: 'sample' }])
  await sql`drop table sample`.execute(ledger.db)
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: false, firstBadEntry: 301 })
})

test('[F107] a row removed with an entry that says so is well, and its return is not', async () => {
  const { rows } = await sql<{ id: string }>`select id::text from sample where name = 'row 3'`.execute(
    ledger.db,
  )
  const id = rows[0]!.id
  await ledger.write(async (tx, context) => {
    await sql`delete from sample where id = ${id}`.execute(tx)
    await recordAudit(tx, context, {
      action: 'sample.removed',
      subject: { kind: 'sample', id },
      seals: [{ table: 'sample', id }],
    })
  })
  await ledger.sequence()
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true })
  await sql`insert into sample values (${id}, 'row 3')`.execute(ledger.db)
  expect((await verifyLedger(ledger.db)).problems).toMatchObject([
    { kind: 'row-returned', row: id, entry: 303 },
  ])
})

test('[F107] a sealed row stays well when a later migration adds an empty column', async () => {
  await sql`alter table sample add column added text`.execute(ledger.db)
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true })
})

test('[F107] entries not yet in the log are checked too', async () => {
  await ledger.write((tx, context) =>
    recordAudit(tx, context, { action: 'sample.seen', subject: { kind: 'sample', id: '1' } }),
  )
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true, pending: 1 })
  await tamper(ledger.db, (db) =>
    sql`update ledger_entry set body = '{}' where id in (select entry_id from ledger_pending)`.execute(db),
  )
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: false, firstBadEntry: null })
})

test('[F107] after a change of key the old checkpoints and the new ones verify', async () => {
  const { previous, current } = await rotateKey(ledger.sequencer)
  expect(previous).not.toBe(current)
  await ledger.write((tx, context) =>
    recordAudit(tx, context, { action: 'sample.seen', subject: { kind: 'sample', id: '1' } }),
  )
  await ledger.sequence()
  const result = await verifyLedger(ledger.db)
  expect(result.problems).toEqual([])
  expect(result).toMatchObject({ ok: true, entries: 305 })
})

test('[F107] a key brought in without the signature of the one before is not believed', async () => {
  const other = await filledLedger()
  await rotateKey(other.sequencer)
  const { rows } = await sql<{
    body: string
  }>`select body from ledger_entry where id = ${entryAt(303)}`.execute(other.db)
  await ledger.write(async (tx, context) => {
    await recordAudit(tx, context, { action: 'sample.seen', subject: { kind: 'sample', id: '1' } })
    await sql`with e as (insert into ledger_entry (body, leaf_hash)
      values (${rows[0]!.body}, sha256('\\x00'::bytea || convert_to(${rows[0]!.body}, 'UTF8'))) returning id)
      insert into ledger_pending (entry_id) select id from e`.execute(tx)
  })
  await ledger.sequence()
  expect((await verifyLedger(ledger.db)).problems).toMatchObject([{ kind: 'key-unfounded', entry: 304 }])
})

test('[F107] verification reads one moment: writes meanwhile do not disturb it', async () => {
  const db = openDatabase(ledger.url, { maxConnections: 1, applicationName: 'verify' })
  const verifying = verifyLedger(db)
  await ledger.write(async (tx, context) => {
    await sql`update sample set name = name || '!'`.execute(tx)
    await sealRows(tx, context, {
      action: 'sample.changed',
      subject: { kind: 'import', id: '2' },
      table: 'sample',
    })
  })
  await ledger.sequence()
  expect(await verifying).toMatchObject({ ok: true })
  await db.destroy()
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true, checkedRows: 700 })
})

test('[F107] in a sealed table nobody has to remember to seal, not even what is written after the audit entry', async () => {
  await sql`select seal_table('sample')`.execute(ledger.db)
  await ledger.write(async (tx, context) => {
    await sql`insert into sample values (gen_random_uuid(), 'first'), (gen_random_uuid(), 'second')`.execute(
      tx,
    )
    await sql`update sample set note = 'seen' where name in ('first', 'row 1')`.execute(tx)
    await recordAudit(tx, context, { action: 'sample.changed', subject: { kind: 'sample', id: '1' } })
    await sql`delete from sample where name = 'second'`.execute(tx)
    await sql`update sample set note = 'later' where name in ('row 2', 'row 1')`.execute(tx)
  })
  await ledger.sequence()
  const result = await verifyLedger(ledger.db)
  expect(result.problems).toEqual([])
  expect(result).toMatchObject({ ok: true, entries: 305, checkedRows: 702 })
})

test('[F107] what a savepoint took back is not sealed', async () => {
  await sql`select seal_table('sample')`.execute(ledger.db)
  await ledger.write(async (tx, context) => {
    await sql`savepoint before`.execute(tx)
    await sql`update sample set note = 'never'`.execute(tx)
    await sql`rollback to savepoint before`.execute(tx)
    await recordAudit(tx, context, { action: 'sample.left', subject: { kind: 'sample', id: '1' } })
  })
  await ledger.sequence()
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true })
})

test('[F107] in a sealed table a row that came in past the platform is found, and a change past it', async () => {
  await sql`select seal_table('sample')`.execute(ledger.db)
  await sql`insert into sample values (gen_random_uuid(), 'smuggled')`.execute(ledger.db)
  await sql`update sample set name = 'other' where name = 'row 9'`.execute(ledger.db)
  const { problems } = await verifyLedger(ledger.db)
  expect(problems.map(({ kind }) => kind).sort()).toEqual(['row-added', 'row-altered'])
})

test('[F107] a sealed table that no entry ever spoke of is checked too', async () => {
  await sql`create table other (id integer primary key)`.execute(ledger.db)
  await sql`select seal_table('other')`.execute(ledger.db)
  await sql`insert into other values (1)`.execute(ledger.db)
  expect((await verifyLedger(ledger.db)).problems).toMatchObject([
    { kind: 'row-added', table: 'other', row: '1' },
  ])
})

test('the tables of the business are sealed', async () => {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from pg_trigger where tgname = 'seal_insert'`.execute(ledger.db)
  expect(rows[0]?.count).toBeGreaterThan(50)
})

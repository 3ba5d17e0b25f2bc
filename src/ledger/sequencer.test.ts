import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inAuditedTransaction, inTransaction, type Tx } from '#platform/database.ts'
import { testLedger, type TestLedger } from '#testing/ledger.ts'
import { findCheckpoint, listKeys } from './checkpoint.store.ts'
import { canonicalJson } from './canonical.rules.ts'
import { readSeals } from './entry.rules.ts'
import {
  keyId,
  knownSignatures,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  type Checkpoint,
} from './note.rules.ts'
import { recordAudit, recordOpenEntry, sealRows, type AuditContext, type AuditedAct } from './public.ts'
import { rotateKey, sequence } from './sequencer.ts'
import { verifyConsistency, verifyInclusion } from './tree.rules.ts'
import { consistencyProof, inclusionProof } from './tree.store.ts'
import { verifyLedger } from './verification.ts'

const seen = (id: string): AuditedAct => ({ action: 'sample.seen', subject: { kind: 'sample', id } })

async function bodies({ db }: TestLedger): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`
    select e.body from ledger_leaf l join ledger_entry e on e.id = l.entry_id order by l.tree_index`.execute(
    db,
  )
  return rows.map(({ body }) => body)
}

test('[F107] a log begins with its first key, in a file that only its owner reads', async () => {
  const ledger = await testLedger()
  expect(await ledger.sequence()).toBe(1)
  const [first] = await listKeys(ledger.db)
  const key = parseVerifierKey(first!.verifierKey)
  const checkpoint = await findCheckpoint(ledger.db)
  expect(parseCheckpoint(checkpoint!.note)).toMatchObject({ origin: key.name, size: 1 })
  expect(knownSignatures(parseNote(checkpoint!.note), [key])).toHaveLength(1)
  expect(key.name).toMatch(/^zhiyuan\/test-zone\/[0-9a-f]{12}$/)
  const { mode } = await stat(join(ledger.sequencer.keys.folder, `ledger-${keyId(key)}.pem`))
  expect(mode & 0o777).toBe(0o600)
})

test('[F107] however much was written before the log began, its key comes first and every checkpoint verifies', async () => {
  const ledger = await testLedger()
  await ledger.write(async (tx, context) => {
    for (let number = 0; number < 5; number++) await recordAudit(tx, context, seen(String(number)))
    await sql`with e as (insert into ledger_entry (body, leaf_hash)
      select '{"kind":"audit"}', sha256('\\x00'::bytea || '{"kind":"audit"}'::bytea) from generate_series(1, 4200) returning id)
      insert into ledger_pending (entry_id) select id from e`.execute(tx)
  })
  expect(await ledger.sequence()).toBe(4206)
  expect(JSON.parse((await bodies(ledger))[0]!)).toMatchObject({ kind: 'key', action: 'ledger.began' })
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true, checkpoints: 3 })
})

test('[F107] with nothing new nothing is signed', async () => {
  const ledger = await testLedger()
  await ledger.sequence()
  const before = await findCheckpoint(ledger.db)
  expect(await ledger.sequence()).toBe(1)
  expect(await findCheckpoint(ledger.db)).toEqual(before)
})

test('[F107] a transaction that commits late is still taken in, after those that overtook it', async () => {
  const ledger = await testLedger()
  await ledger.sequence()
  const inserted = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const late = ledger.write(async (tx, context) => {
    await recordAudit(tx, context, seen('late'))
    inserted.resolve()
    await commit.promise
  })
  await inserted.promise
  await ledger.write((tx, context) => recordAudit(tx, context, seen('quick')))
  expect(await ledger.sequence()).toBe(2)
  commit.resolve()
  await late
  expect(await ledger.sequence()).toBe(3)
  expect((await bodies(ledger)).map((body) => JSON.parse(body).subject.id).slice(1)).toEqual([
    'quick',
    'late',
  ])
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true, entries: 3 })
})

test('[F107] what is rolled back leaves no entry', async () => {
  const ledger = await testLedger()
  await ledger.sequence()
  const failing = ledger.write(async (tx, context) => {
    await recordAudit(tx, context, seen('never'))
    throw new Error('on purpose')
  })
  await expect(failing).rejects.toThrow('on purpose')
  expect(await ledger.sequence()).toBe(1)
})

test('[F107] writers do not wait for one another, and two sequencers do not number twice', async () => {
  const ledger = await testLedger()
  const writers = Array.from({ length: 40 }, (_, number) =>
    ledger.write((tx, context) => recordAudit(tx, context, seen(String(number)))),
  )
  const sequencers = Array.from({ length: 6 }, () => ledger.sequence())
  await Promise.all([...writers, ...sequencers])
  expect(await ledger.sequence()).toBe(41)
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true, entries: 41 })
})

test('[F107] any entry is proven in any later checkpoint, and checkpoints continue one another', async () => {
  const ledger = await testLedger()
  const checkpoints: Checkpoint[] = []
  for (const count of [1, 2, 254, 40]) {
    await ledger.write(async (tx, context) => {
      for (let number = 0; number < count; number++) await recordAudit(tx, context, seen(String(number)))
    })
    await ledger.sequence()
    checkpoints.push(parseCheckpoint((await findCheckpoint(ledger.db))!.note))
  }
  const { rows } = await sql<{ leafHash: Buffer }>`
    select leaf_hash from ledger_leaf l join ledger_entry e on e.id = entry_id order by tree_index`.execute(
    ledger.db,
  )
  for (const { size, root } of checkpoints) {
    for (const index of [0, 1, 255, 256, size - 1].filter((index) => index < size)) {
      const hashes = await inclusionProof(ledger.db, index, size)
      expect(verifyInclusion({ leaf: rows[index]!.leafHash, index, size, hashes }, root)).toBe(true)
    }
  }
  for (const [older, newer] of checkpoints.flatMap((a) => checkpoints.map((b) => [a, b] as const))) {
    if (older.size > newer.size) continue
    const hashes = await consistencyProof(ledger.db, older.size, newer.size)
    expect(verifyConsistency({ from: older.size, size: newer.size, hashes }, older.root, newer.root)).toBe(
      true,
    )
  }
})

test('[F107] after a change of key the first checkpoint carries both signatures, and the old private key is gone', async () => {
  const ledger = await testLedger()
  await ledger.sequence()
  const { previous, current } = await rotateKey(ledger.sequencer)
  const note = parseNote((await findCheckpoint(ledger.db))!.note)
  for (const text of [previous, current])
    expect(knownSignatures(note, [parseVerifierKey(text)])).toHaveLength(1)
  const old = join(ledger.sequencer.keys.folder, `ledger-${keyId(parseVerifierKey(previous))}.pem`)
  await expect(stat(old)).rejects.toThrow('ENOENT')
  await ledger.write((tx, context) => recordAudit(tx, context, seen('after')))
  await ledger.sequence()
  const next = parseNote((await findCheckpoint(ledger.db))!.note)
  expect(knownSignatures(next, [parseVerifierKey(previous)])).toHaveLength(0)
  expect(knownSignatures(next, [parseVerifierKey(current)])).toHaveLength(1)
})

test('[F107] without its private key the log refuses to go on, and says which file is missing', async () => {
  const ledger = await testLedger()
  await ledger.sequence()
  await ledger.write((tx, context) => recordAudit(tx, context, seen('1')))
  await expect(sequence({ ...ledger.sequencer, keys: { folder: '/nowhere' } })).rejects.toThrow(
    /restore it from the backup/,
  )
  expect(await ledger.sequence()).toBe(2)
})

test('[F106] the audit trail says who did what to which record, by account id alone', async () => {
  const ledger = await testLedger({
    kind: 'account',
    accountId: '019abc00-0000-7000-8000-000000000001',
    name: 'a name that must not be kept',
    roles: ['officer'],
    organisationIds: [],
    secondFactor: 'verified',
  })
  await ledger.write((tx, context) => recordAudit(tx, context, { ...seen('7'), detail: { reason: '迁入' } }))
  await ledger.sequence()
  const body = (await bodies(ledger)).find((text) => text.includes('"kind":"audit"'))!
  expect(JSON.parse(body)).toMatchObject({
    kind: 'audit',
    action: 'sample.seen',
    subject: { kind: 'sample', id: '7' },
    detail: { reason: '迁入' },
    actor: { kind: 'account', account: '019abc00-0000-7000-8000-000000000001', roles: ['officer'] },
    day: '2026-11-22',
    request: 'test-request',
  })
  expect(body).not.toContain('a name')
  expect(body).toBe(canonicalJson(JSON.parse(body)))
})

test('[F107] a write without an audit entry does not commit', async () => {
  const ledger = await testLedger()
  await sql`create table sample (id text primary key)`.execute(ledger.db)
  const silent = inAuditedTransaction(ledger.db, (tx) => sql`insert into sample values ('1')`.execute(tx))
  await expect(silent).rejects.toThrow('without an audit entry')
  const published = ledger.write((tx, context) =>
    recordOpenEntry(tx, context, {
      kind: 'publication',
      action: 'sample.published',
      subject: { kind: 'sample', id: '1' },
    }),
  )
  await expect(published).rejects.toThrow('without an audit entry')
  expect((await sql`select from sample`.execute(ledger.db)).rows).toHaveLength(0)
})

test('[F107] seals of one or many rows, of single and composite keys, are canonical and say the same', async () => {
  const ledger = await testLedger()
  const { db } = ledger
  await ledger.sequence()
  await sql`create table sample (id uuid primary key, name text)`.execute(db)
  await sql`create table sample_year (code text, year date, amount numeric, primary key (code, year))`.execute(
    db,
  )
  const id = '019ABC00-0000-7000-8000-000000000001'
  const act = async (work: (tx: Tx, context: AuditContext) => Promise<unknown>) => {
    await ledger.write(work)
    await ledger.sequence()
    return (await bodies(ledger)).at(-1)!
  }
  const one = await act(async (tx, context) => {
    await sql`insert into sample values (${id}, '名称 "quoted"')`.execute(tx)
    await sql`insert into sample_year values ('a/b', '2025-01-01', 1.50), ('c', '2025-01-01', null)`.execute(
      tx,
    )
    const seals = [
      { table: 'sample_year', id: ['c', '2025-01-01'] },
      { table: 'sample_year', id: ['a/b', '2025-01-01'] },
      { table: 'sample', id },
      { table: 'sample', id },
      { table: 'sample', id: '019abc00-0000-7000-8000-00000000ffff' },
    ]
    await recordAudit(tx, context, { ...seen('1'), seals })
  })
  expect(one).toBe(canonicalJson(JSON.parse(one)))
  const sealed = readSeals(one)
  expect(sealed.map(({ table, row }) => `${table} ${row}`)).toEqual([
    'sample 019abc00-0000-7000-8000-000000000001',
    'sample 019abc00-0000-7000-8000-00000000ffff',
    'sample_year a/b/2025-01-01',
    'sample_year c/2025-01-01',
  ])
  expect(sealed.map(({ digest }) => digest === null)).toEqual([false, true, false, false])
  const many = await act((tx, context) => sealRows(tx, context, { ...seen('1'), table: 'sample_year' }))
  expect(many).toBe(canonicalJson(JSON.parse(many)))
  expect(readSeals(many)).toEqual(sealed.filter(({ table }) => table === 'sample_year'))
  expect(await verifyLedger(db)).toMatchObject({ ok: true, checkedRows: 4 })
})

test('[F107] a bulk write of 1,200 rows is three entries; of none, one entry that says so', async () => {
  const ledger = await testLedger()
  await sql`create table sample (id integer primary key, name text)`.execute(ledger.db)
  await ledger.sequence()
  const sealed = await ledger.write(async (tx, context) => {
    await sql`insert into sample select n, 'row ' || n from generate_series(1, 1300) n`.execute(tx)
    return sealRows(tx, context, { ...seen('1'), table: 'sample', where: sql<boolean>`r.id <= 1200` })
  })
  expect(sealed).toBe(1200)
  expect(await ledger.sequence()).toBe(4)
  await ledger.write((tx, context) =>
    sealRows(tx, context, { ...seen('2'), table: 'sample', where: sql<boolean>`false` }),
  )
  expect(await ledger.sequence()).toBe(5)
  expect(await verifyLedger(ledger.db)).toMatchObject({ ok: true, checkedRows: 1200 })
})

test('the database refuses to change the log, whoever asks without ado', async () => {
  const ledger = await testLedger()
  await ledger.sequence()
  for (const statement of [
    sql`update ledger_entry set body = '{}'`,
    sql`delete from ledger_leaf`,
    sql`delete from ledger_checkpoint`,
    sql`truncate ledger_cosignature`,
  ]) {
    await expect(inTransaction(ledger.db, (tx) => statement.execute(tx))).rejects.toThrow('append-only')
  }
})

import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { figureDigest, partDigest, rowLine, snapshotDigest, type FrozenRow } from './digest.rules.ts'
import { orchardOffice, plant, plantOrchards, sell, statePeople } from '#testing/orchards.ts'

const w = await world()
const office = orchardOffice(w)
const words = (text: string) => ({ zh: text, en: text })

beforeAll(async () => {
  await plantOrchards(w.db)
  await plant(w.db, 1, 30)
  await plant(w.db, 31, 3, { village: 'west' })
  await plant(w.db, 34, 12, { village: 'west', tree: 'plum' })
  await plant(w.db, 46, 9, { tree: 'plum' })
  for (let grower = 1; grower <= 8; grower += 1) await sell(w.db, grower, 1000 * grower)
  statePeople({ value: 50_000, period: '2025', definition: words('residents'), source: words('yearbook') })
})

const freeze = (asOf = '2026-09-30', codes?: string[]) =>
  office.freeze('statistician', {
    asOf,
    title: `Quarter to ${asOf}`,
    ...(codes === undefined ? {} : { codes }),
  })

describe('a frozen snapshot', () => {
  test('[F086] [S98] keeps value, rows and digests that an outsider recomputes', async () => {
    const snapshot = await freeze()
    const orchards = snapshot.items.find(({ code }) => code === 'orchards')
    expect(orchards).toMatchObject({ value: 54, revision: 0, definitionVersion: 1 })
    const list = await office.frozenRecords('visitor', { id: snapshot.id, code: 'orchards', limit: 200 })
    expect(list.total).toBe(54)
    const rows = list.items.map(({ id, label, occurredOn }): FrozenRow => ({
      recordId: id ?? '',
      label: label ?? '',
      occurredOn,
      partyId: null,
      amount: null,
    }))
    const digest = partDigest(rows)
    const [part] = orchards?.parts ?? []
    expect(part?.digest).toBe(digest)
    const facts = { part: 'records', kind: 'count', value: 54, items: 54, records: 54, digest }
    expect(orchards?.digest).toBe(
      figureDigest({
        salt: orchards?.salt ?? '',
        code: 'orchards',
        definitionVersion: 1,
        asOf: '2026-09-30',
        from: '2026-01-01',
        unit: 'count',
        value: 54,
        parts: [facts],
      }),
    )
    expect(snapshot.digest).toBe(
      snapshotDigest({ asOf: snapshot.asOf, zoneVersion: snapshot.zoneVersion, figures: snapshot.items }),
    )
  })

  test('[F086] commits to its digest in the ledger, in an entry that anybody may read', async () => {
    const snapshot = await freeze('2026-09-30', ['orchards'])
    const { rows } = await sql<{
      body: string
    }>`select body from ledger_entry where id = ${snapshot.entryId}`.execute(w.db)
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({
      kind: 'snapshot',
      detail: { digest: snapshot.digest, asOf: '2026-09-30' },
    })
  })

  test('the database writes the canonical line as the rule does, whatever stands in the fields', async () => {
    const awkward = 'é,"\n:5\t梨园'
    await plant(w.db, 700, 1)
    await sql`update orchard set name = ${awkward} where id = 'o00700'`.execute(w.db)
    const snapshot = await freeze('2026-09-30', ['orchards'])
    const { rows } = await sql<{ digest: string }>`
      select encode(r.digest, 'hex') as digest from snapshot_record r join snapshot_figure f on f.id = r.figure_id
      where f.snapshot_id = ${snapshot.id} and r.record_id = 'o00700'`.execute(w.db)
    const row = { recordId: 'o00700', label: awkward, occurredOn: '2025-01-01', partyId: null, amount: null }
    expect(rowLine(row)).toContain(`${Buffer.byteLength(awkward)}:${awkward}`)
    const { createHash } = await import('node:crypto')
    expect(rows[0]?.digest).toBe(createHash('sha256').update(rowLine(row)).digest('hex'))
    await sql`delete from orchard where id = 'o00700'`.execute(w.db)
  })

  test('[F086] the database refuses to change or forget what was frozen', async () => {
    await freeze('2026-06-30')
    for (const table of [
      'snapshot',
      'snapshot_figure',
      'snapshot_part',
      'snapshot_record',
      'snapshot_breakdown',
      'restatement',
    ]) {
      const name = sql.table(table)
      await expect(sql`delete from ${name}`.execute(w.db)).rejects.toMatchObject({ code: '23001' })
      await expect(sql`truncate ${name} cascade`.execute(w.db)).rejects.toMatchObject({ code: '23001' })
    }
    await expect(sql`update snapshot_figure set value = 1`.execute(w.db)).rejects.toMatchObject({
      code: '23001',
    })
    await expect(sql`update snapshot_record set label = 'x'`.execute(w.db)).rejects.toMatchObject({
      code: '23001',
    })
  })

  test('[F010] [F086] the figure of a past day equals that day’s snapshot', async () => {
    const snapshot = await freeze('2026-03-31', ['orchards'])
    const then = (await office.indicators('visitor', '2026-03-31')).items.find(
      ({ code }) => code === 'orchards',
    )
    expect(snapshot.items[0]?.value).toBe(then?.value)
    expect((await office.board('visitor', '2026-03-31')).snapshot).toMatchObject({ asOf: '2026-03-31' })
  })

  test('[F085] [S40] shows a visitor as many masked rows as the frozen figure counts, and no salt to guess with', async () => {
    const { id } = await freeze()
    const seen = await office.snapshot('visitor', id)
    const growers = seen.items.find(({ code }) => code === 'growers')
    expect(growers).toMatchObject({ value: 8, salt: null })
    const list = await office.frozenRecords('visitor', { id, code: 'growers', limit: 200 })
    expect([
      list.total,
      list.items.length,
      list.items.every(({ masked, label }) => masked && label === null),
    ]).toEqual([8, 8, true])
    expect((await office.frozenRecords('statistician', { id, code: 'growers' })).items[0]?.label).toBe(
      'Grower 1',
    )
  })
})

describe('a correction of what was published', () => {
  test('[F086] [S198] the old figure stays, and a restatement says old, new and cause', async () => {
    const { id } = await freeze('2026-09-30', ['orchards', 'secret-orchards'])
    expect((await office.differences('statistician', id)).items).toEqual([])

    await sql`update orchard set planted_on = '2026-10-15' where id in ('o00001', 'o00002')`.execute(w.db)
    await plant(w.db, 800, 1)
    const { items } = await office.differences('statistician', id)
    expect(items.find(({ code }) => code === 'orchards')).toMatchObject({
      frozenValue: 54,
      liveValue: 53,
      added: 1,
      removed: 2,
      changed: 0,
      redefined: false,
      records: [
        { change: 'added', id: 'o00800', label: 'Orchard 800', part: 'records' },
        { change: 'removed', id: 'o00001' },
        { change: 'removed', id: 'o00002' },
      ],
    })
    expect((await office.snapshot('visitor', id)).items.find(({ code }) => code === 'orchards')?.value).toBe(
      54,
    )

    const cause = 'Two orchards were entered with the wrong day'
    const line = await office.restate('statistician', { id, code: 'orchards', cause })
    expect(line).toMatchObject({ oldValue: 54, newValue: 53, cause, added: 1, removed: 2, changed: 0 })
    const after = await office.snapshot('visitor', id)
    expect(
      after.items.filter(({ code }) => code === 'orchards').map(({ revision, value }) => [revision, value]),
    ).toEqual([
      [0, 54],
      [1, 53],
    ])
    expect(after.restated).toEqual([expect.objectContaining({ id: line.id, oldValue: 54, newValue: 53 })])
    expect((await office.frozenRecords('visitor', { id, code: 'orchards', revision: 0 })).total).toBe(54)
    expect((await office.frozenRecords('visitor', { id, code: 'orchards' })).total).toBe(53)
    expect((await office.differences('auditor', id)).items.map(({ code }) => code)).toEqual([
      'secret-orchards',
    ])
    expect((await office.restatements('visitor')).items[0]?.id).toBe(line.id)
  })

  test('nothing to restate leaves nothing behind, and a cause is required', async () => {
    const { id } = await freeze('2026-09-30', ['orchards'])
    await expect(
      office.restate('statistician', { id, code: 'orchards', cause: 'none' }),
    ).rejects.toMatchObject({ code: 'NOTHING_CHANGED' })
    await expect(
      office.restate('statistician', { id, code: 'growers', cause: 'not in it' }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_INDICATOR' })
    await expect(office.restate('statistician', { id, code: 'orchards', cause: '  ' })).rejects.toMatchObject(
      { code: 'BAD_REQUEST' },
    )
    expect((await office.snapshot('visitor', id)).items).toHaveLength(1)
  })

  test('who may not: only the statistician freezes and restates, only keepers see what would change', async () => {
    const { id } = await freeze('2026-09-30', ['orchards'])
    for (const who of ['citizen', 'agency', 'officer', 'leader', 'auditor', 'administrator'] as const) {
      await expect(office.freeze(who, { asOf: '2026-09-30', title: 't' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      await expect(office.restate(who, { id, code: 'orchards', cause: 'c' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
    }
    await expect(office.differences('officer', id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(office.differences('visitor', id)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await expect(office.freeze('statistician', { asOf: '2027-01-01', title: 't' })).rejects.toMatchObject({
      code: 'DAY_NOT_REACHED',
    })
    await expect(
      office.freeze('statistician', { asOf: '2026-09-30', title: 't', codes: ['x'] }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_INDICATOR' })
  })
})

describe('tables by dimension', () => {
  test('[F084] a visitor sees the published table with its small cells covered; staff see the numbers; the CSV has the same marks', async () => {
    const { id } = await freeze('2026-06-30', ['secret-orchards'])
    const seen = await office.breakdown('visitor', 'secret-orchards', '2026-06-30')
    expect(seen).toMatchObject({ snapshotId: id, asOf: '2026-06-30', withheld: null, threshold: 5 })
    const west = seen.rows.values.findIndex(({ code }) => code === 'west')
    const pear = seen.columns?.values.findIndex(({ code }) => code === 'pear') ?? -1
    expect(seen.cells?.[west]?.[pear]).toEqual({ shown: 'small', value: null })
    expect(seen.cells?.flat().filter(({ shown }) => shown !== 'shown').length).toBeGreaterThanOrEqual(4)
    const staff = await office.breakdown('officer', 'secret-orchards', '2026-06-30')
    expect(staff.cells?.[west]?.[pear]).toEqual({ shown: 'shown', value: 3 })
    const csv = await (await office.csv('visitor', 'secret-orchards', '2026-06-30')).text()
    expect(csv).toContain('<5')
    expect(csv.split('\r\n')[1 + west]).toContain('<5')
    expect(csv).not.toMatch(/West West,3,/)
  })

  test('[F084] tables of confidential records are published for quarter ends only', async () => {
    await freeze('2026-05-15', ['secret-orchards', 'orchards'])
    const seen = await office.breakdown('visitor', 'secret-orchards', '2026-05-15')
    expect(seen).toMatchObject({ cells: null, withheld: 'notPublished' })
    const open = await office.breakdown('visitor', 'orchards', '2026-05-15')
    expect(open).toMatchObject({ asOf: '2026-05-15', snapshotId: null })
  })

  test('cells add up to the figure, for counts, parties and sums', async () => {
    for (const code of ['orchards', 'growers', 'worth']) {
      const { cells } = await office.breakdown('statistician', code)
      const value = (await office.indicators('statistician')).items.find((one) => one.code === code)?.value
      expect([code, cells?.at(-1)?.at(-1)?.value]).toEqual([code, value])
    }
  })
})

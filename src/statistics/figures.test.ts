import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { CODES, orchardOffice, plant, plantOrchards, sell, statePeople } from '#testing/orchards.ts'

const w = await world()
const office = orchardOffice(w)
const READERS = [
  'visitor',
  'citizen',
  'agency',
  'officer',
  'statistician',
  'auditor',
  'administrator',
] as const
const words = (text: string) => ({ zh: text, en: text })

beforeAll(async () => {
  await plantOrchards(w.db)
  await plant(w.db, 1, 60)
  await plant(w.db, 61, 30, { village: 'west', tree: 'plum' })
  await plant(w.db, 91, 10, { village: 'north', on: '2026-02-01' })
  for (let grower = 1; grower <= 12; grower += 1) {
    await sell(w.db, grower, 1000 * grower)
    await sell(w.db, grower, 500, { on: '2025-04-01' })
  }
  statePeople({ value: 50_000, period: '2025', definition: words('residents'), source: words('yearbook') })
})

async function item(who: (typeof READERS)[number], code: string) {
  const { items } = await office.indicators(who)
  const found = items.find((one) => one.code === code)
  if (found === undefined) throw new Error(`no ${code}`)
  return found
}

describe('the figures', () => {
  test('[F084] [S20] at exactly the target of a strict goal it is not met, with one more it is', async () => {
    const before = await item('visitor', 'orchards')
    expect(before).toMatchObject({
      value: 100,
      operator: '>',
      target: 100,
      targetYear: 2026,
      met: false,
      reason: 'atTarget',
      asOf: '2026-11-22',
    })
    await plant(w.db, 900, 1)
    expect(await item('visitor', 'orchards')).toMatchObject({ value: 101, met: true })
    await sql`delete from orchard where id = 'o00900'`.execute(w.db)
    expect((await item('visitor', 'orchards')).value).toBe(100)
  })

  test('[F085] [S20] [S49] every figure opens to as many rows as it counts, for every reader', async () => {
    for (const who of READERS) {
      for (const { code, parts } of (await office.indicators(who)).items) {
        for (const part of parts) {
          const list = await office.records(who, {
            code,
            part: part.part === 'numerator' ? undefined : part.part,
            limit: 200,
          })
          expect([who, code, list.items.length]).toEqual([who, code, list.total])
          const counts =
            part.suppressed === null &&
            part.stated === null &&
            part.unit.code === 'count' &&
            list.sum === null
          expect([who, code, counts ? list.total : part.value]).toEqual([who, code, part.value])
          const open = list.sum !== null && !list.masked
          const sum = list.items.reduce((all, row) => all + (row.amount ?? 0), 0)
          expect([who, code, open ? sum : list.sum]).toEqual([who, code, list.sum])
        }
      }
    }
  })

  test('[F085] pages follow one another without a gap or a repetition, for those with names and those without', async () => {
    for (const who of ['visitor', 'statistician'] as const) {
      for (const code of CODES) {
        const seen: (string | number)[] = []
        let cursor: string | undefined
        let total: number | null = 0
        do {
          const page = await office.records(who, {
            code,
            limit: 7,
            ...(cursor === undefined ? {} : { cursor }),
          })
          total = page.total
          seen.push(...page.items.map((row) => row.id ?? row.position))
          cursor = page.next ?? undefined
        } while (cursor !== undefined)
        expect([who, code, seen.length, new Set(seen).size]).toEqual([who, code, total, total])
      }
    }
  })

  test('a cursor of ours for another list, or of nobody, is refused', async () => {
    for (const cursor of [
      '!!',
      'e30',
      Buffer.from('{"skip":-1}').toString('base64url'),
      Buffer.from('{"after":"x"}').toString('base64url'),
    ]) {
      await expect(office.records('visitor', { code: 'secret-orchards', cursor })).rejects.toMatchObject({
        code: 'INVALID_CURSOR',
      })
    }
  })

  test('[F085] a visitor sees no name, day, party or amount of what is confidential', async () => {
    for (const code of ['secret-orchards', 'growers', 'worth']) {
      const list = await office.records('visitor', { code, limit: 200 })
      expect(list.masked).toBe(true)
      for (const row of list.items) {
        const { position, recordKind, masked, ...hidden } = row
        expect([masked, typeof position, typeof recordKind]).toEqual([true, 'number', 'string'])
        expect(Object.values(hidden).every((field) => field === null)).toBe(true)
      }
    }
  })

  test('[F085] [S40] a protected list shows its names to those who keep the statistics, and to no other staff', async () => {
    const named = async (who: (typeof READERS)[number], code: string) =>
      !(await office.records(who, { code })).masked
    expect(await Promise.all(READERS.map((who) => named(who, 'growers')))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      false,
    ])
    expect(await Promise.all(READERS.map((who) => named(who, 'secret-orchards')))).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ])
    expect(await Promise.all(READERS.map((who) => named(who, 'orchards')))).toEqual(READERS.map(() => true))
  })

  test('[F085] [S38] a party counts once, with the number of records behind it', async () => {
    const list = await office.records('statistician', { code: 'growers' })
    expect(list).toMatchObject({ total: 12, from: '2024-01-01' })
    expect(list.items[0]).toMatchObject({ label: 'Grower 1', records: 2, recordKind: 'party' })
  })

  test('[S46] a ratio opens on both sides, and its denominator says where it comes from', async () => {
    expect(await item('visitor', 'orchards-per-10k')).toMatchObject({ value: 20 })
    expect((await office.records('visitor', { code: 'orchards-per-10k' })).total).toBe(100)
    const people = await office.records('visitor', { code: 'orchards-per-10k', part: 'denominator' })
    expect(people).toMatchObject({ total: 1, items: [{ amount: 50_000, masked: false }] })
    expect(people.items[0]?.label).toContain('yearbook')
  })

  test('[S108] growth compares the same days of two years, and states its comparator with source and period', async () => {
    const growth = await item('statistician', 'worth-growth')
    expect(growth.value).toBeCloseTo(((78_000 - 6_000) / 6_000) * 100, 6)
    expect(growth.comparator).toMatchObject({ value: 4, period: '2026', source: words('office') })
    expect(growth.met).toBe(true)
    expect(growth.parts.map(({ part, from, to }) => [part, from, to])).toEqual([
      ['records', '2026-01-01', '2026-11-22'],
      ['previous', '2025-01-01', '2025-11-22'],
    ])
    const lastYear = (await office.indicators('statistician', '2025-11-22')).items.find(
      ({ code }) => code === 'worth-growth',
    )
    expect(lastYear).toMatchObject({ met: null, verdict: 'unknown' })
  })

  test('a target that no room can count yet is on the board without a figure, and its address answers', async () => {
    const { pillars } = await office.board('visitor')
    const [first] = pillars
    expect(first?.items.map(({ code }) => code)).toEqual([
      'orchards',
      'growers',
      'worth-growth',
      'nobody-counts-this',
    ])
    expect(first?.items.at(-1)).toMatchObject({ value: null, met: null, declared: false })
    expect(await office.records('visitor', { code: 'nobody-counts-this' })).toMatchObject({
      total: 0,
      items: [],
    })
  })

  test('[S4] the board has the six pillars and the day', async () => {
    const board = await office.board('visitor', '2026-01-31')
    expect(board.pillars).toHaveLength(6)
    expect(board.asOf).toBe('2026-01-31')
    expect(board.pillars[0]?.items[0]).toMatchObject({ value: 90, asOf: '2026-01-31' })
  })

  test('an indicator has its definition and its history by quarter, ending on the day', async () => {
    const detail = await office.indicator('visitor', 'orchards')
    expect(detail.history.map(({ value }) => value).slice(-5)).toEqual([90, 100, 100, 100, 100])
    expect(detail.history.at(-1)).toMatchObject({ quarter: '2026-Q4', asOf: '2026-11-22' })
    expect(detail).toMatchObject({
      kind: 'count',
      definition: words('what orchards counts'),
      clauses: ['S20'],
    })
  })

  test('tomorrow has no figure and an unknown code no page', async () => {
    await expect(office.indicators('visitor', '2026-11-23')).rejects.toMatchObject({
      code: 'DAY_NOT_REACHED',
    })
    await expect(office.indicator('visitor', 'nothing')).rejects.toMatchObject({ code: 'UNKNOWN_INDICATOR' })
    await expect(office.records('visitor', { code: '../etc' })).rejects.toMatchObject({
      code: 'UNKNOWN_INDICATOR',
    })
    await expect(office.breakdown('visitor', 'worth-growth')).rejects.toMatchObject({ code: 'NO_DIMENSIONS' })
  })
})

describe('small numbers', () => {
  test('[F084] a confidential number below the threshold is told to nobody who may not see its records', async () => {
    await sql`update orchard set felled_on = '2026-11-01' where id > 'o00003'`.execute(w.db)
    try {
      expect(await item('visitor', 'secret-orchards')).toMatchObject({
        value: null,
        suppressed: 'small',
        met: null,
      })
      expect(await office.records('visitor', { code: 'secret-orchards' })).toMatchObject({
        total: null,
        items: [],
        suppressed: 'small',
      })
      expect(await item('officer', 'secret-orchards')).toMatchObject({ value: 3, suppressed: null })
      expect(await item('visitor', 'orchards')).toMatchObject({ value: 3, suppressed: null })
    } finally {
      await sql`update orchard set felled_on = null`.execute(w.db)
    }
  })

  test('[S23] a sum that one or two parties make is confidential, and is again told when it is not', async () => {
    expect(await item('visitor', 'worth')).toMatchObject({ value: 78_000, suppressed: null })
    await sell(w.db, 1, 10_000_000, { on: '2026-05-05' })
    expect(await item('visitor', 'worth')).toMatchObject({ value: null, suppressed: 'dominated' })
    expect(await item('statistician', 'worth')).toMatchObject({ value: 10_078_000 })
    await sql`delete from harvest where worth_fen = 10000000`.execute(w.db)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { date } from '#platform/calendar.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import { inTransaction } from '#platform/database.ts'
import { insertMembership } from '../identity/public.ts'
import { plantAgencies, type Planted } from './register.fixture.ts'
import { remindReturns } from './reminders.ts'

const w = await signedInWorld()
const at = (day: string) => ({ now: new Date(`${day}T01:00:00Z`), today: date(day) })
const run = (day: string) => remindReturns(w.db, w.zone, at(day))
let lake: Planted

const told = async () =>
  (
    await sql<{ titleZh: string; href: string }>`
      select title_zh, href from notice where kind = 'agencies.return-due' order by created_at`.execute(w.db)
  ).rows

beforeAll(async () => {
  ;[lake] = (await plantAgencies(
    w.db,
    [{ name: '湖光代理', movedIn: '2025-02-01' }],
    w.zone.carriers[0]?.id ?? '',
  )) as [Planted]
  const { rows } = await sql<{ id: string }>`
    select id from user_account where email = 'agency@demo.zhiyuan.example'`.execute(w.db)
  await inTransaction(w.db, (tx) =>
    insertMembership(tx, {
      accountId: rows[0]?.id ?? '',
      organisationId: lake.partyId,
      organisationName: '湖光代理',
      role: 'administrator',
      validFrom: date('2025-02-01'),
    }),
  )
})

describe('[F090] [S198] reminders of returns', () => {
  test('come before and after the last day, each once, until the return is filed', async () => {
    expect(await run('2026-02-20')).toBe(0)
    expect(await run('2026-03-01')).toBe(1)
    expect(await run('2026-03-01')).toBe(0)
    expect(await run('2026-03-02')).toBe(0)
    expect(await run('2026-04-01')).toBe(1)
    expect(await told()).toEqual([
      {
        titleZh: '2025 统计报表请于 2026-03-31 前报送（还有 30 天）',
        href: `/work/returns/${lake.code}/2025`,
      },
      { titleZh: '2025 统计报表应于 2026-03-31 前报送，现已逾期', href: `/work/returns/${lake.code}/2025` },
    ])
    const sent = await w.db
      .selectFrom('agencyReturnReminder')
      .select(['daysAfter', 'people'])
      .orderBy('daysAfter')
      .execute()
    expect(sent).toEqual([
      { daysAfter: -30, people: 1 },
      { daysAfter: 1, people: 1 },
    ])
  })

  test('two workers at once remind once', async () => {
    const both = await Promise.all([run('2026-04-15'), run('2026-04-15')])
    expect(both.toSorted((a, b) => a - b)).toEqual([0, 1])
    expect(await told()).toHaveLength(3)
  })
})

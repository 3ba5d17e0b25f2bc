import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure } from '#testing/figures.ts'
import { giveStanding, plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { plantAgencies } from '../agencies/register.fixture.ts'
import { GOAL_MATTER_TYPES, MATTER_TYPES, type MatterType } from './rules.ts'
import { insertServiceRecords, type NewServiceRecord, voidServiceRecord } from './store.ts'

const w = await world()
w.setToday('2026-11-22')
const today = '2026-11-22'
const since = w.zone.targets.find(({ code }) => code === 'high-tech-served')?.period.since ?? '2024-01-01'
let agencyId = ''
let references = 0

const service = (clientId: string, servedOn: string, matterType: MatterType = 'agency'): NewServiceRecord => {
  references += 1
  return {
    agencyId,
    clientId,
    servedOn,
    matterType,
    serviceClass: 'agency',
    reference: `R${references}`,
    source: 'fixture',
  }
}
const serve = (...records: NewServiceRecord[]) =>
  inTransaction(w.db, (tx) => insertServiceRecords(tx, records))
const value = async (code: string, on = today) => (await figure(w, code, on)).value

beforeAll(async () => {
  const [agency] = await plantAgencies(w.db, [{}], w.zone.carriers[0]?.id ?? '')
  agencyId = agency?.id ?? ''
})

describe('firms with a standing', () => {
  test('[S38] a firm counts once, if it was served on a day on which it held the standing', async () => {
    const [twice, before, after, never, last] = (await plantFirms(w.db, 5, 'High-tech')) as [
      string,
      string,
      string,
      string,
      string,
    ]
    for (const firm of [twice, before, after, never, last])
      await giveStanding(w.db, firm, 'high-tech', '2025-01-01', '2026-01-01')
    await serve(
      service(twice, '2025-03-01'),
      service(twice, '2025-04-01'),
      service(before, '2024-12-31'),
      service(after, '2026-01-01'),
      service(last, '2025-12-31'),
    )
    expect(await value('high-tech-served')).toBe(2)
    expect(await value('high-tech-served', '2025-12-30')).toBe(1)
    expect(await value('high-tech-served', '2025-02-28')).toBe(0)
    await expectToOpen(w, 'high-tech-served', today, { maskedForVisitors: true })
  })

  test('[S39] [S38] a firm in several lists counts in each; a standing that was renewed does not count it twice', async () => {
    const [firm] = (await plantFirms(w.db, 1, 'Both')) as [string]
    await giveStanding(w.db, firm, 'specialised', '2024-06-01', '2025-06-01')
    await giveStanding(w.db, firm, 'specialised', '2025-06-01')
    await giveStanding(w.db, firm, 'high-tech', '2024-06-01')
    const before = await value('high-tech-served')
    await serve(service(firm, '2025-05-01'), service(firm, '2025-07-01'))
    expect(await value('specialised-served')).toBe(1)
    expect(await value('high-tech-served')).toBe((before ?? 0) + 1)
  })

  test('[S40] the pre-IPO list is closed to everybody but those who keep the statistics', async () => {
    const firms = await plantFirms(w.db, 12, 'Secret')
    for (const firm of firms) await giveStanding(w.db, firm, 'pre-ipo', '2024-06-01')
    await serve(...firms.map((firm) => service(firm, '2025-05-01')))
    expect(await value('pre-ipo-served')).toBe(12)
    await expectToOpen(w, 'pre-ipo-served', today, { maskedForVisitors: true })
    for (const who of ['visitor', 'agency', 'officer'] as const) {
      const { body } = await w
        .as(who)
        .get(`/api/v1/indicators/pre-ipo-served/records?asOf=${today}&limit=200`)
      expect([who, JSON.stringify(body).includes('Secret')]).toEqual([who, false])
    }
  })

  test('[S38] a service before the days that are counted does not count', async () => {
    const [firm] = (await plantFirms(w.db, 1, 'Early')) as [string]
    await giveStanding(w.db, firm, 'high-tech', '2020-01-01')
    const before = await value('high-tech-served')
    await serve(service(firm, '2023-05-01'))
    expect(await value('high-tech-served')).toBe(before)
    await serve(service(firm, since))
    expect(await value('high-tech-served')).toBe((before ?? 0) + 1)
  })
})

describe('firms served in matters', () => {
  test('[S42] a firm served only in other kinds of matter does not count; a service that never was leaves the count', async () => {
    const [firm, other] = (await plantFirms(w.db, 2, 'Matter')) as [string, string]
    const before = await value('firms-served')
    await serve(
      service(firm, '2025-05-01', 'conversion'),
      service(firm, '2025-06-01', 'use'),
      service(other, '2025-05-01', 'agency'),
    )
    expect(await value('firms-served')).toBe((before ?? 0) + 1)
    const rows = await w.db.selectFrom('serviceRecord').select('id').where('clientId', '=', firm).execute()
    for (const { id } of rows) {
      expect(
        await inTransaction(w.db, (tx) => voidServiceRecord(tx, id, 'entered for another firm', new Date())),
      ).toBe(true)
      expect(await inTransaction(w.db, (tx) => voidServiceRecord(tx, id, 'again', new Date()))).toBe(false)
    }
    expect(await value('firms-served')).toBe(before)
    await expectToOpen(w, 'firms-served', today, { maskedForVisitors: true })
  })

  test('[S42] the same file twice adds nothing', async () => {
    const [firm] = (await plantFirms(w.db, 1, 'Twice')) as [string]
    const records = [service(firm, '2025-05-01', 'use')]
    expect([await serve(...records), await serve(...records)]).toEqual([1, 0])
  })

  test('[S42] [F085] counted from first and last days it is what a walk through all services finds', async () => {
    const firms = await plantFirms(w.db, 6, 'Walk')
    const days = ['2023-06-01', '2024-02-01', '2024-08-01', '2025-08-01', '2026-05-01', '2026-11-22']
    const types = Object.keys(MATTER_TYPES) as MatterType[]
    const made = fc.array(
      fc.tuple(fc.constantFrom(...firms), fc.constantFrom(...days), fc.constantFrom(...types)),
      { minLength: 1, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(
        made,
        fc.constantFrom('2024-03-31', '2025-06-30', '2026-11-21', today),
        async (drawn, on) => {
          await serve(...drawn.map(([firm, day, type]) => service(firm, day, type)))
          const all = await w.db
            .selectFrom('serviceRecord')
            .select(['clientId', 'servedOn', 'matterType'])
            .where('voidedAt', 'is', null)
            .execute()
          const from =
            w.zone.targets.find(({ code }) => code === 'firms-served')?.period.since ??
            `${on.slice(0, 4)}-01-01`
          const walked = all.filter(
            ({ servedOn, matterType }) =>
              servedOn >= (from <= on ? from : on) &&
              servedOn <= on &&
              GOAL_MATTER_TYPES.some((type) => type === matterType),
          )
          expect(await value('firms-served', on)).toBe(new Set(walked.map(({ clientId }) => clientId)).size)
        },
      ),
      { numRuns: 12 },
    )
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure } from '#testing/figures.ts'
import { plantPeople } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { plantAgencies, type Planted } from '../agencies/register.fixture.ts'
import { insertLicences, insertPosts } from './store.ts'

const w = await world()
w.setToday('2026-11-22')
let here: Planted
let gone: Planted
let people: string[]
const value = async (code: string, on: string) => (await figure(w, code, on)).value

beforeAll(async () => {
  const agencies = await plantAgencies(w.db, [{}, { movedOut: '2026-06-01' }], w.zone.carriers[0]?.id ?? '')
  ;[here, gone] = agencies as [Planted, Planted]
  people = await plantPeople(w.db, 12)
  const post = (index: number, agency: Planted, more: object = {}) => ({
    personId: people[index] ?? '',
    agencyId: agency.id,
    position: 'attorney',
    validFrom: '2025-01-01',
    validTo: null,
    source: 's',
    observedOn: '2026-01-01',
    ...more,
  })
  const licence = (index: number, agency: Planted, more: object = {}) => ({
    personId: people[index] ?? '',
    agencyId: agency.id,
    licenceNumber: `L${index}`,
    validFrom: '2025-01-01',
    validTo: null,
    verifiedBy: 'office',
    verifiedOn: '2026-01-01',
    source: 's',
    ...more,
  })
  await inTransaction(w.db, async (tx) => {
    await insertPosts(tx, [
      ...Array.from({ length: 10 }, (_, index) => post(index, here)),
      post(0, gone),
      post(10, gone),
      post(11, here, { validTo: '2026-11-22' }),
    ])
    await insertLicences(tx, [
      ...Array.from({ length: 8 }, (_, index) => licence(index, here)),
      licence(8, here, { validTo: '2026-11-22' }),
      licence(9, gone),
      licence(0, here, { licenceNumber: 'second' }),
    ])
  })
})

describe('people of the agencies', () => {
  test('[S22] [F085] whoever works for two agencies is counted once, and nobody of an agency that has left', async () => {
    expect(await value('practitioners', '2026-05-31')).toBe(12)
    expect(await value('practitioners', '2026-06-01')).toBe(11)
    expect(await value('practitioners', '2026-11-22')).toBe(10)
    await expectToOpen(w, 'practitioners', '2026-11-22', { maskedForVisitors: true })
  })

  test('[F020] [S51] [S69] an expired licence drops the person from the licensed count on that day', async () => {
    expect(await value('attorneys', '2026-11-21')).toBe(9)
    expect(await value('attorneys', '2026-11-22')).toBe(8)
    await expectToOpen(w, 'attorneys', '2026-11-22', { maskedForVisitors: true })
  })
})

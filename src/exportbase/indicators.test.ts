import { beforeAll, describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { inTransaction } from '#platform/database.ts'
import { money } from '#platform/money.ts'
import { expectToOpen, figure, recordsBehind } from '#testing/figures.ts'
import { plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { plantAgencies } from '../agencies/register.fixture.ts'
import {
  insertDrivenExports,
  insertExportContracts,
  insertForeignOffices,
  type NewExportContract,
} from './store.ts'

const w = await world()
w.setToday('2026-11-22')
const today = '2026-11-22'
const rate = {
  base: 'USD',
  quote: 'CNY',
  value: '7',
  per: 1,
  on: date('2026-06-01'),
  source: 'central parity',
} as const
let agencies: string[]
const value = async (code: string, on = today) => (await figure(w, code, on)).value

beforeAll(async () => {
  agencies = (await plantAgencies(w.db, [{}, {}, {}], w.zone.carriers[0]?.id ?? '')).map(({ id }) => id)
})

const contract = (index: number, more: Partial<NewExportContract>): NewExportContract => ({
  contractNumber: `X${index}`,
  agencyId: agencies[index % 3] ?? '',
  clientName: 'Client',
  clientCountry: 'DE',
  serviceClass: 'agency',
  recognisedOn: '2026-05-01',
  source: 's',
  amount: money(100_000, 'USD'),
  rate: null,
  ...more,
})

describe('the export ledger', () => {
  test('[S24] [F102] contracts add up in dollars, by the day of receipt', async () => {
    await inTransaction(w.db, async (tx) => {
      await insertExportContracts(
        tx,
        [0, 1, 2].map((index) => contract(index, {})),
      )
      await insertExportContracts(tx, [contract(3, { amount: money(70_000, 'CNY'), rate })])
      await insertExportContracts(tx, [
        contract(4, { recognisedOn: '2025-12-31' }),
        contract(5, { recognisedOn: '2026-11-23' }),
      ])
    })
    expect(await value('service-export')).toBe(310_000)
    await expectToOpen(w, 'service-export', today, { maskedForVisitors: true })
    expect(
      await inTransaction(w.db, (tx) =>
        insertExportContracts(tx, [contract(0, { amount: money(1, 'USD') })]),
      ),
    ).toBe(0)
    expect(await value('service-export')).toBe(310_000)
  })

  test('[S25] [F102] driven export counts what the rule on each record attributes', async () => {
    const firms = await plantFirms(w.db, 4)
    await inTransaction(w.db, (tx) =>
      insertDrivenExports(
        tx,
        firms.map((exporterId, index) => ({
          reference: `D${index}`,
          exporterId,
          agencyId: agencies[0] ?? '',
          recognisedOn: '2026-05-01',
          exportFen: 1_001,
          source: 's',
          rule: index === 0 ? ('licensed-product' as const) : ('served-in-year' as const),
        })),
      ),
    )
    expect(await value('driven-export')).toBe(1_001 + 3 * 300)
    await expectToOpen(w, 'driven-export', today, { maskedForVisitors: true })
  })
})

const office = (code: string, validFrom: string, validTo: string) => ({
  code,
  name: code,
  country: 'JP',
  permitNumber: `${code}-${validFrom}`,
  validFrom,
  validTo,
  source: 's',
})

test('[F103] [S52] a permit that expires removes the office from the figure that day; a renewal counts it once', async () => {
  await inTransaction(w.db, (tx) =>
    insertForeignOffices(tx, [
      office('one', '2024-01-01', today),
      office('two', '2024-01-01', '2027-01-01'),
      office('three', '2026-11-22', '2027-01-01'),
    ]),
  )
  expect(await recordsBehind(w, 'foreign-offices', '2026-11-21')).toEqual(['one', 'two'])
  expect(await recordsBehind(w, 'foreign-offices', today)).toEqual(['three', 'two'])
  await expectToOpen(w, 'foreign-offices', today, { maskedForVisitors: false })
})

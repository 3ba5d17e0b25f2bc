import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure, recordsBehind } from '#testing/figures.ts'
import { plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { insertDeals, insertPlatforms, type NewDeal } from './store.ts'

const w = await world()
w.setToday('2026-11-22')
const today = '2026-11-22'
const hash = 'a'.repeat(64)
let grantorId = ''
let granteeId = ''
const value = async (code: string, on = today) => (await figure(w, code, on)).value
const deal = (
  recordalNumber: string,
  recordedOn: string,
  patentNumbers: string[],
  kind: NewDeal['kind'] = 'transfer',
): NewDeal => ({
  kind,
  recordalNumber,
  recordedOn,
  documentHash: hash,
  grantorId,
  granteeId,
  source: 's',
  patentNumbers,
})

beforeAll(async () => {
  const [one, other] = await plantFirms(w.db, 2)
  grantorId = one ?? ''
  granteeId = other ?? ''
  await inTransaction(w.db, (tx) =>
    insertDeals(tx, [
      deal('T1', '2026-01-01', ['ZL1', 'ZL2', 'ZL3']),
      deal('T2', '2026-11-22', ['ZL1']),
      deal('T3', '2026-11-23', ['ZL4']),
      deal('T4', '2025-12-31', ['ZL5']),
      deal('L1', '2026-05-01', ['ZL6'], 'licence'),
    ]),
  )
})

test('[S49] [F085] transfers count by patent and registration, on the day of registration; licences do not', async () => {
  expect(await value('patent-transfers')).toBe(4)
  expect(
    (await recordsBehind(w, 'patent-transfers', today)).map((id) => String(id.split('/')[1])).sort(),
  ).toEqual(['ZL1', 'ZL1', 'ZL2', 'ZL3'])
  await expectToOpen(w, 'patent-transfers', today, { maskedForVisitors: false })
})

test('[S49] a deal without a hash of its document, or recorded twice, is refused as a whole', async () => {
  for (const bad of [
    [{ ...deal('T9', today, ['ZL9']), documentHash: 'none' }],
    [deal('T8', today, ['ZL8']), deal('T1', today, ['ZL7'])],
  ]) {
    await expect(inTransaction(w.db, (tx) => insertDeals(tx, bad))).rejects.toThrow(
      /check constraint|unique constraint/,
    )
  }
  expect(await value('patent-transfers')).toBe(4)
})

const platform = (code: string, more: object = {}) => ({
  code,
  name: code,
  kind: 'operation-centre' as const,
  establishedOn: '2025-01-01',
  closedOn: null,
  evidenceHash: hash,
  source: 's',
  ...more,
})

describe('operation centres and platforms', () => {
  test('[S48] count with evidence only, from the day they stand until the day they close', async () => {
    await inTransaction(w.db, (tx) =>
      insertPlatforms(tx, [
        platform('one'),
        platform('two', { evidenceHash: null }),
        platform('three', { closedOn: today }),
        platform('four', { establishedOn: today }),
      ]),
    )
    expect(await recordsBehind(w, 'operation-platforms', '2026-11-21')).toEqual(['one', 'three'])
    expect(await recordsBehind(w, 'operation-platforms', today)).toEqual(['four', 'one'])
    await expectToOpen(w, 'operation-platforms', today, { maskedForVisitors: false })
  })
})

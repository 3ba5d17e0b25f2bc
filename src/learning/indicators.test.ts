import { expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure } from '#testing/figures.ts'
import { plantFirms, plantPeople } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { HUNDRED_FIRMS_PROGRAMME } from './rules.ts'
import { insertClasses } from './store.ts'

const w = await world()
w.setToday('2026-11-22')

test('[S37] people and firms count once across classes, of this programme alone', async () => {
  const people = await plantPeople(w.db, 15)
  const firms = await plantFirms(w.db, 11)
  const came = (from: number, to: number) =>
    people.slice(from, to).map((personId, index) => ({
      personId,
      firmId: firms[(from + index) % firms.length] ?? null,
      evidence: 'signed in',
    }))
  const held = (
    code: string,
    heldOn: string,
    attendances: ReturnType<typeof came>,
    programme = HUNDRED_FIRMS_PROGRAMME,
  ) => ({
    code,
    programme,
    title: code,
    heldOn,
    hours: '3',
    source: 's',
    attendances,
  })
  await inTransaction(w.db, (tx) =>
    insertClasses(tx, [
      held('c1', '2026-03-01', came(0, 10)),
      held('c2', '2026-04-01', came(5, 12)),
      held('c3', '2026-04-01', came(12, 15), 'other'),
      held('c4', '2026-12-01', came(12, 15)),
    ]),
  )
  expect((await figure(w, 'trained-people', '2026-11-22')).value).toBe(12)
  expect((await figure(w, 'trained-firms', '2026-11-22')).value).toBe(11)
  expect((await figure(w, 'trained-people', '2026-03-31')).value).toBe(10)
  await expectToOpen(w, 'trained-people', '2026-11-22', { maskedForVisitors: true })
  await expectToOpen(w, 'trained-firms', '2026-11-22', { maskedForVisitors: true })
})

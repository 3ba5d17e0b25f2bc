import { expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { currentVersion, findRecords, putRecords } from './corpus.store.ts'
import { PatentRecord } from './record.rules.ts'

const w = await world()

const record = (number: number, parts: object = {}) =>
  PatentRecord.parse({
    publicationNumber: `CN${100_000_000 + number}A`,
    office: 'CN',
    titles: { zh: `第${number}种储能电池` },
    source: {
      run: 'test',
      file: 'f',
      line: number,
      format: 'test',
      observedOn: '2026-11-22',
      seenAt: '2026-11-22T00:00:00.000Z',
    },
    ...parts,
  })

const visible = (version: number) =>
  w.analytics.query<{ title: string }>(
    `SELECT title FROM patent WHERE since <= {version:UInt32} AND until > {version:UInt32} ORDER BY title`,
    { version },
  )

test('[F063] a batch is visible as one version, the same facts again are none, and an earlier version stays as it was', async () => {
  const first = await putRecords(w, [record(1), record(2), record(1)])
  expect(first).toEqual({ version: 1, inserted: 2, updated: 0, unchanged: 0 })
  const again = await putRecords(w, [
    record(1, { source: { ...record(9).source, file: 'other' } }),
    record(2),
  ])
  expect(again).toEqual({ version: 1, inserted: 0, updated: 0, unchanged: 2 })
  const second = await putRecords(w, [record(2, { titles: { zh: '改名' } }), record(3)])
  expect(second).toEqual({ version: 2, inserted: 1, updated: 1, unchanged: 0 })

  expect((await visible(1)).map(({ title }) => title)).toEqual(['第1种储能电池', '第2种储能电池'])
  expect((await visible(2)).map(({ title }) => title)).toEqual(['改名', '第1种储能电池', '第3种储能电池'])
  const key = record(2).publicationNumber
  expect((await findRecords(w.analytics, [key], 1))[0]?.titles['zh']).toBe('第2种储能电池')
  expect(await findRecords(w.analytics, [key])).toEqual([record(2, { titles: { zh: '改名' } })])
})

test('what a killed writer left behind is never shown and is taken back by the next one', async () => {
  const head = await currentVersion(w.analytics)
  const before = await visible(head)
  // As a kill leaves it: rows of a version that was never written, and a row ended for it.
  await w.analytics.command(
    `INSERT INTO patent (publication_number, title, since) VALUES ('XX1', 'half', ${head + 1})`,
  )
  await w.analytics.command(
    `ALTER TABLE patent UPDATE until = ${head + 1} WHERE title = '改名' SETTINGS mutations_sync = 2`,
  )
  expect(await visible(head)).toEqual(before)
  await putRecords(w, [record(4)])
  const after = await visible(head + 1)
  expect(after.map(({ title }) => title)).toEqual(
    [...before.map(({ title }) => title), '第4种储能电池'].toSorted(),
  )
})

test('two writers at once each get a version of their own', async () => {
  const head = await currentVersion(w.analytics)
  const written = await Promise.all([
    putRecords(w, [record(11)]),
    putRecords(w, [record(12)]),
    putRecords(w, [record(11)]),
  ])
  expect(written.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(2)
  expect(await currentVersion(w.analytics)).toBe(head + 2)
})

import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { pdfText } from '#testing/pdf-text.ts'
import { sequenceLedger } from '#testing/ledger.ts'
import { world } from '#testing/world.ts'
import { plantAgencies } from '../agencies/register.fixture.ts'

const w = await world()
w.setToday('2026-01-20')
const carrier = w.zone.carriers[0]?.id ?? ''
const statistician = w.as('statistician')
const bare = (words: string) => words.replaceAll(/[\s\p{Pd}\u00AD]+/gu, '')

let before = ''
let snapshotId = ''

async function freeze(asOf: string, title: string): Promise<string> {
  const taken = await statistician.post('/api/v1/snapshots', { asOf, title })
  expect(taken.status).toBe(201)
  return taken.body.id
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const response = await w.fetch(new Request(`http://zone.test${path}`))
  expect([path, response.status]).toEqual([path, 200])
  return new Uint8Array(await response.arrayBuffer())
}

/** An entry enters the log once no older transaction of the server is open any more; other tests have some. */
async function proofAt(url: string) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await sequenceLedger(w)
    const { status, body } = await w.as('visitor').get(url)
    if (status === 200) return body
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} has no proof`)
}

beforeAll(async () => {
  await plantAgencies(
    w.db,
    Array.from({ length: 7 }, () => ({})),
    carrier,
  )
  before = await freeze('2024-12-31', 'Year 2024')
  snapshotId = await freeze('2025-12-31', 'Year 2025')
})

describe('[F086] [S98] [S99] the development report', () => {
  let id = ''

  test('begins from a frozen snapshot of its year, and of no other', async () => {
    const other = await statistician.post('/api/v1/reports', { year: 2025, snapshotId: before })
    expect([other.status, other.body.code]).toEqual([422, 'SNAPSHOT_OF_ANOTHER_YEAR'])
    const begun = await statistician.post('/api/v1/reports', { year: 2025, snapshotId })
    expect(begun.status).toBe(201)
    id = begun.body.id
    const again = await statistician.post('/api/v1/reports', { year: 2025, snapshotId })
    expect([again.status, again.body.code, again.body.data.id]).toEqual([409, 'DRAFT_EXISTS', id])
  })

  test('is written by statisticians alone, and nobody else sees the draft', async () => {
    for (const who of ['visitor', 'officer', 'agency'] as const) {
      expect([who, (await w.as(who).get(`/api/v1/reports/${id}`)).status]).toEqual([who, 404])
      expect([who, (await w.as(who).get('/api/v1/reports')).body.total]).toEqual([who, 0])
    }
    expect((await w.as('officer').post(`/api/v1/reports/${id}/publication`, { version: 1 })).status).toBe(403)
    const commentary = { foreword: { zh: '本年平稳。', en: 'A steady year.' } }
    const written = await statistician.put(`/api/v1/reports/${id}/commentary`, { version: 1, commentary })
    expect(written.body).toEqual({ version: 2 })
    const stale = await statistician.put(`/api/v1/reports/${id}/commentary`, { version: 1, commentary })
    expect([stale.status, stale.body.data]).toEqual([409, { version: 2 }])
    const unknown = await statistician.put(`/api/v1/reports/${id}/commentary`, {
      version: 2,
      commentary: { weather: { zh: '晴', en: 'Fine' } },
    })
    expect([unknown.status, unknown.body.code]).toEqual([422, 'UNKNOWN_SECTION'])
  })

  test('is two documents that say each figure with its snapshot, and whose hashes are in the ledger', async () => {
    const published = await statistician.post(`/api/v1/reports/${id}/publication`, { version: 2 })
    expect([published.status, published.body.files?.length]).toEqual([200, 2])
    for (const { language, sha256, url, proofUrl } of published.body.files) {
      const pdf = await bytesOf(url)
      expect(createHash('sha256').update(pdf).digest('hex')).toBe(sha256)
      const text = bare(pdfText(Buffer.from(pdf)))
      expect(text).toContain(bare(language === 'zh' ? '本年平稳。' : 'A steady year.'))
      // The reader of the tests misses some glyphs of subset fonts; the first group of the id is enough to know it by.
      expect(text).toContain(snapshotId.slice(0, 8))
      const proof = await proofAt(proofUrl)
      expect(JSON.parse(proof.entry.body)).toMatchObject({
        kind: 'publication',
        document: { sha256, mediaType: 'application/pdf' },
      })
    }
  })

  test('says what the board said: the figure, its goal in the plan’s own words, and the records behind it', async () => {
    const { body } = await w.as('visitor').get(`/api/v1/reports/${id}?language=zh`)
    const lines = body.content.sections.flatMap((section: any) => section.figures)
    const agencies = lines.find(({ code }: any) => code === 'agencies')
    expect(agencies).toMatchObject({ value: '7 家', verdict: 'notMet', goal: '到 2026 年超过 100 家' })
    expect((await w.as('visitor').get(agencies.recordsUrl)).body.total).toBe(7)
    expect(body.content.tally.met + body.content.tally.notMet + body.content.tally.unknown).toBe(lines.length)
  })

  test('never changes: what is put right later stands beside it, and a new edition beside the old', async () => {
    const { files } = (await w.as('visitor').get(`/api/v1/reports/${id}`)).body
    await plantAgencies(w.db, [{}], carrier)
    w.setToday('2026-01-21')
    const cause = { code: 'agencies', cause: 'An agency had been missed' }
    expect((await statistician.post(`/api/v1/snapshots/${snapshotId}/restatements`, cause)).status).toBe(201)
    const after = (await w.as('visitor').get(`/api/v1/reports/${id}`)).body
    expect(after.files).toEqual(files)
    expect(after.restatedSince).toMatchObject([cause])
    expect(
      after.content.sections.flatMap((s: any) => s.figures).find((f: any) => f.code === 'agencies').value,
    ).toBe('7 家')

    const next = await statistician.post('/api/v1/reports', { year: 2025, snapshotId })
    const second = await statistician.post(`/api/v1/reports/${next.body.id}/publication`, { version: 1 })
    expect(second.status).toBe(200)
    const list = (await w.as('visitor').get('/api/v1/reports')).body.items
    expect(list.map(({ edition, superseded }: any) => [edition, superseded])).toEqual([
      [2, false],
      [1, true],
    ])
    const refused = await statistician.post(`/api/v1/reports/${id}/publication`, { version: 3 })
    expect([refused.status, refused.body.code]).toEqual([409, 'ALREADY_PUBLISHED'])
  })
})

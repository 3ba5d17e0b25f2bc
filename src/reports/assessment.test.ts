import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { actorFor, world } from '#testing/world.ts'
import { plantAgencies } from '../agencies/register.fixture.ts'
import { gapsOf, packName } from './assessment.rules.ts'

const w = await world()
w.setToday('2026-01-20')
const statistician = w.as('statistician')
const items = w.zone.assessment.dimensions.flatMap((dimension) => dimension.items)
const asking = items.find(
  ({ evidence, indicators }) => evidence.length > 0 && indicators.includes('agencies'),
)
if (asking === undefined) throw new Error('the zone asks for no evidence beside the number of agencies')
const item = asking.code

let id = ''
const path = (rest = '') => `/api/v1/assessments/${id}${rest}`

async function file(
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  on = item,
  who = 'statistician' as const,
) {
  const form = new FormData()
  form.set('title', 'Directory')
  form.set('file', new File([content], name))
  const response = await w.fetch(
    new Request(`http://zone.test${path(`/items/${on}/evidence`)}`, {
      method: 'POST',
      body: form,
      headers: {
        origin: 'http://zone.test',
        authorization: 'test',
        'x-test-actor': encodeURIComponent(JSON.stringify(actorFor(who))),
      },
    }),
  )
  return { status: response.status, body: (await response.json()) as any }
}

async function unpack(): Promise<Record<string, string>> {
  const response = await w.fetch(
    new Request(`http://zone.test${path('/pack')}`, {
      headers: {
        authorization: 'test',
        'x-test-actor': encodeURIComponent(JSON.stringify(actorFor('statistician'))),
      },
    }),
  )
  const entries = unzipSync(new Uint8Array(await response.arrayBuffer()))
  return Object.fromEntries(
    Object.entries(entries).map(([name, bytes]) => [
      name,
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    ]),
  )
}

beforeAll(async () => {
  await plantAgencies(
    w.db,
    Array.from({ length: 6 }, () => ({})),
    w.zone.carriers[0]?.id ?? '',
  )
  const snapshot = await statistician.post('/api/v1/snapshots', { asOf: '2025-12-31', title: '2025' })
  const begun = await statistician.post('/api/v1/assessments', {
    title: '2025 自评',
    snapshotId: snapshot.body.id,
  })
  expect(begun.status).toBe(201)
  id = begun.body.id
})

describe('[F087] [S9] [S19] the self-assessment', () => {
  test('is for the staff who keep and read it, and for nobody else', async () => {
    for (const who of ['agency', 'citizen', 'inspector'] as const)
      expect([who, (await w.as(who).get(path())).status]).toEqual([who, 403])
    expect((await w.as('visitor').get(path('/pack'))).status).toBe(401)
    expect((await w.as('leader').get(path())).status).toBe(200)
    const byLeader = await w.as('leader').put(path(`/items/${item}/answer`), { version: 0, answer: 'x' })
    expect(byLeader.status).toBe(403)
  })

  test('shows for each item its figures, what it asks for, and what is missing, gaps first', async () => {
    const { body } = await statistician.get(path())
    const found = body.dimensions.flatMap((d: any) => d.items).find((one: any) => one.code === item)
    expect(found.figures.find(({ code }: any) => code === 'agencies')).toMatchObject({ value: '6 家' })
    expect(found.gaps).toEqual(expect.arrayContaining(['noEvidence', 'noAnswer', 'goalNotMet']))
    const gaps = new Map(
      body.dimensions.flatMap((d: any) => d.items).map((one: any) => [one.code, one.gaps.length]),
    )
    const counts = body.gapsFirst.map((code: string) => gaps.get(code))
    expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a))
    expect(counts).toHaveLength(items.length)
  })

  test('takes an answer from whoever saw the last one, and evidence that is what its name says', async () => {
    const put = (version: number, answer: string) =>
      statistician.put(path(`/items/${item}/answer`), { version, answer })
    expect((await put(0, '共 6 家。')).body).toEqual({ version: 1 })
    expect((await put(0, '另一人的话')).body).toMatchObject({
      code: 'CHANGED_MEANWHILE',
      data: { version: 1 },
    })
    expect((await put(1, '共 6 家，名录附后。')).body).toEqual({ version: 2 })
    expect((await file('名录.pdf', '%PDF-1.7 directory\n%%EOF')).status).toBe(201)
    expect((await file('名录.pdf', 'not a PDF at all')).body).toMatchObject({
      code: 'FILE_REFUSED',
      data: { reason: 'lyingName' },
    })
    expect((await file('run.html', '<html><script>1</script></html>')).body.data).toEqual({
      reason: 'unknownType',
    })
    expect((await file('none.txt', '')).body.data).toEqual({ reason: 'empty' })
    expect((await file('名录.pdf', '%PDF-1.7 half of it')).body.data).toEqual({ reason: 'unreadable' })
    const script = '%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (x) >> >>\n%%EOF'
    expect((await file('名录.pdf', script)).body.data).toEqual({ reason: 'harmful' })
    expect((await file('list.txt', 'rows', 'no-such-item')).body.code).toBe('UNKNOWN_ITEM')
    const { body } = await statistician.get(path())
    expect(body.dimensions.flatMap((d: any) => d.items).find((one: any) => one.code === item).gaps).toEqual(
      expect.not.arrayContaining(['noEvidence', 'noAnswer']),
    )
  })

  test('exports one zip with an index and the hash of every file, the same bytes for the same content', async () => {
    const [once, again] = [await unpack(), await unpack()]
    expect(once).toEqual(again)
    const sums = (once['SHA256SUMS'] ?? '')
      .trim()
      .split('\n')
      .map((line) => line.split('  '))
    expect(sums.map(([, name]) => name).toSorted()).toEqual(
      Object.keys(once)
        .filter((name) => name !== 'SHA256SUMS')
        .toSorted(),
    )
    for (const [hash, name = ''] of sums)
      expect([
        name,
        createHash('sha256')
          .update(once[name] ?? '')
          .digest('hex'),
      ]).toEqual([name, hash])
    const index = once['index.html'] ?? ''
    expect(index).toContain('共 6 家，名录附后。')
    expect(index).not.toMatch(/https?:\/\//u)
    const [evidence] = Object.keys(once).filter((name) => name.startsWith(`evidence/${item}/`))
    expect(index).toContain(encodeURI(evidence ?? 'nothing'))
  })

  test('keeps what is taken back in its history, closes once, and changes no more', async () => {
    const before = (await statistician.get(path())).body
    const [evidence] = before.dimensions
      .flatMap((d: any) => d.items)
      .find((one: any) => one.code === item).evidence
    const taken = await statistician.del(path(`/evidence/${evidence.id}`), { reason: '已由新版代替' })
    expect(taken.body).toEqual({ removed: true })
    const { removedBecause } = await w.db
      .selectFrom('selfAssessmentEvidence')
      .select('removedBecause')
      .where('id', '=', evidence.id)
      .executeTakeFirstOrThrow()
    expect(removedBecause).toBe('已由新版代替')
    const { version } = (await statistician.get(path())).body
    const stale = await statistician.post(path('/closing'), { version: version - 1 })
    expect([stale.status, stale.body.data]).toEqual([409, { version }])
    const closed = await statistician.post(path('/closing'), { version })
    expect(closed.status).toBe(200)
    expect((await statistician.get(path())).body.pack.sha256).toBe(closed.body.sha256)
    const late = await statistician.put(path(`/items/${item}/answer`), { version: 2, answer: 'too late' })
    expect([late.status, late.body.code]).toEqual([409, 'ASSESSMENT_CLOSED'])
  })
})

describe('the rules of an item', () => {
  const rule = { ...asking, indicators: ['a'], evidence: [{ zh: '证', en: 'proof' }] }
  const figure = (value: number | null, verdict: 'met' | 'notMet' | 'unknown') =>
    new Map([['a', { code: 'a', value, verdict }]])
  const none = new Set<string>()
  const all = new Set([rule.code])
  test.each([
    ['nothing', new Map(), none, none, ['noFigure', 'noEvidence', 'noAnswer']],
    ['an unknown figure', figure(null, 'unknown'), all, all, ['figureUnknown']],
    ['a goal that is missed', figure(1, 'notMet'), all, all, ['goalNotMet']],
    ['everything', figure(9, 'met'), all, all, []],
  ])('%s', (_name, figures, evidenced, answered, gaps) => {
    expect(gapsOf(rule, { figures, evidenced, answered })).toEqual(gaps)
  })

  test.each([
    ['../../etc/passwd', 'evidence/i/01-____etc_passwd'],
    ['a:b*c?.pdf', 'evidence/i/01-a_b_c_.pdf'],
    ['名录 2025.pdf', 'evidence/i/01-名录 2025.pdf'],
  ])('a file called %s stays inside its folder', (name, expected) => {
    const place = packName('i', 1, name)
    expect(place).toBe(expected)
    expect(place.split('/')).toHaveLength(3)
  })
})

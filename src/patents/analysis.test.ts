import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { plantFirms } from '#testing/parties.ts'
import { testAccountId, world } from '#testing/world.ts'
import { insertDeals } from '../market/store.ts'
import { changedFacts, type Panel, PANELS } from './analysis.rules.ts'
import { putRecords } from './corpus.store.ts'
import { narrowed } from './landscape-filter.rules.ts'
import { PatentRecord } from './record.rules.ts'

const w = await world()
w.setToday('2026-11-22')
const [industry] = w.zone.industryPatents[0]?.industries ?? []
const prefix = industry?.ipc[0] ?? ''
const OWNERS = ['湖滨电力（甲）有限公司', '湖滨电力(甲)有限公司', '江南大学', '青梧通信股份有限公司']

const record = (index: number, more: object = {}): PatentRecord =>
  PatentRecord.parse({
    publicationNumber: `CN1${String(10_000_000 + index)}B`,
    applicationNumber: `CN2015101${String(10_000 + index)}`,
    applicationKey: `CN2015101${String(10_000 + index)}`,
    numberState: 'unchecked',
    office: 'CN',
    kind: 'B',
    right: index % 5 === 0 ? 'utility-model' : 'invention',
    stage: 'grant',
    titles: { zh: index % 2 === 0 ? '一种电池管理方法' : '一种测量装置' },
    filedOn: `${2012 + (index % 8)}-03-04`,
    grantedOn: `${2014 + (index % 8)}-05-06`,
    applicants: [{ name: OWNERS[index % OWNERS.length], country: 'CN', address: '某路 1 号' }],
    inventors: [`人${index % 30}`],
    agency: index % 4 === 0 ? null : { name: `代理${index % 3}`, code: null },
    address: index % 3 === 0 ? `${w.zone.region.names.zh}某路 1 号` : '浙江省杭州市',
    mainIpc: `${prefix}3/00`,
    ipc: index % 3 === 0 ? [`${prefix}3/00`, 'G01N33/00'] : [`${prefix}3/00`],
    legalStatus: 'in-force',
    source: {
      run: 'r',
      file: 'f',
      line: index + 1,
      format: 'test',
      observedOn: '2026-11-22',
      seenAt: '2026-11-22T04:00:00Z',
    },
    ...more,
  })

const author = { roles: ['enterprise' as const], accountId: testAccountId('author') }
const me = w.as(author)
const question = (filter: object, panels: readonly Panel[] = PANELS, title = '') => ({
  id: randomUUID(),
  kind: 'question',
  title,
  filter,
  panels,
})
const saved = async (cells: unknown[], name = '去年的分析') =>
  (await me.post('/api/v1/analyses', { name, cells })).body
const api = async (path: string) => (await me.get(`/api/v1/analyses/${path}`)).body
const query = (of: object) => new URLSearchParams(Object.entries(of)).toString()

/** The first and the last figure that moved in each panel: a request for each of a hundred proves no more. */
function ofEachPanel(moved: any[]): any[] {
  const panels = [...Map.groupBy(moved, ({ panel }) => panel).values()]
  return [...new Set(panels.flatMap((of) => [of[0], of.at(-1)]))]
}

/** Every page of a list. */
async function allOf(path: string, limit = 200): Promise<{ total: number; items: any[]; counts?: any }> {
  const items: any[] = []
  let cursor = ''
  for (;;) {
    const page = await api(
      `${path}&limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    items.push(...page.items)
    if (page.next === null) return { total: page.total, items, counts: page.counts }
    cursor = page.next
  }
}

let analysis: any

beforeAll(async () => {
  await putRecords(
    w.context(),
    Array.from({ length: 60 }, (_, index) => record(index)),
  )
  analysis = await saved([
    { id: randomUUID(), kind: 'note', text: '看电池' },
    question({ q: '电池' }),
    question({ industry: industry?.industry ?? '' }),
    question({ subclass: 'G01N' }),
  ])
})

describe('[F063] [S127] a saved analysis', () => {
  test('keeps the figures of its landscape and the version of the data, and opens the documents of each', async () => {
    const [, cell] = analysis.cells
    const { body: landscape } = await w.as('visitor').get('/api/v1/patents/landscape?q=电池')
    expect(cell.landscape).toEqual(landscape)
    expect(analysis).toMatchObject({ basis: landscape.basis, share: 'private', mine: true })
    const list = await allOf(`${analysis.id}/documents?cell=${cell.id}&right=invention`, 7)
    expect(list.items).toHaveLength(list.total)
    expect(list.total).toBe(landscape.rights.find(({ key }: any) => key === 'invention').count)
  })

  test('reruns to identical figures after imports, joined owners, recorded deals and edited words of the zone', async () => {
    const fresh = await api(`${analysis.id}/today`)
    for (const cell of fresh.cells)
      expect(cell).toMatchObject({ documents: { came: 0, left: 0, changed: 0 }, moved: [] })

    await putRecords(w.context(), [
      ...[60, 61, 62, 63].map((index) => record(index, { titles: { zh: '一种电池管理方法' } })),
      record(0, { titles: { zh: '一种水泵' } }),
      record(2, { titles: { zh: '一种水泵' } }),
      record(4, { legalStatus: 'lapsed', legalStatusOn: '2026-11-20' }),
    ])
    expect((await w.as('officer').post('/api/v1/owners/reading')).status).toBe(200)
    const [grantorId = '', granteeId = ''] = await plantFirms(w.db, 2)
    await inTransaction(w.db, (tx) =>
      insertDeals(tx, [
        {
          kind: 'transfer',
          recordalNumber: 'T1',
          recordedOn: '2026-01-01',
          documentHash: 'a'.repeat(64),
          grantorId,
          granteeId,
          source: 's',
          patentNumbers: ['ZL201510110006'],
        },
      ]),
    )
    const words = industry as { ipc: string[]; keywords: string[] }
    const kept = { ...words }
    Object.assign(words, { ipc: ['G01N'], keywords: [] })
    try {
      const again = await api(`${analysis.id}/rerun`)
      expect(again).toMatchObject({ identical: true, basis: analysis.basis })
      expect(again.figures).toBeGreaterThan(100)
      expect(again.cells.map(({ moved }: any) => moved)).toEqual([[], [], []])
      expect((await api(analysis.id)).cells).toEqual(analysis.cells)
      const now = await api(`${analysis.id}/today`)
      expect(now.cells[1].documents.left).toBeGreaterThan(0)
    } finally {
      Object.assign(words, kept)
    }
  })

  test('run on today’s data it lists what moved, and every list is as long as the difference says', async () => {
    const now = await api(`${analysis.id}/today`)
    const [, cell] = analysis.cells
    const [battery] = now.cells
    expect(battery).toMatchObject({
      cell: cell.id,
      before: 30,
      after: 32,
      documents: { came: 4, left: 2, changed: 1 },
    })
    expect(now.after.dataVersion).toBeGreaterThan(now.before.dataVersion)
    const wrong: unknown[] = []
    for (const compared of now.cells)
      for (const { before, after, mark, panel, key } of ofEachPanel(compared.moved)) {
        const at = { cell: compared.cell, ...mark }
        const lists = await Promise.all(
          ['came', 'left', 'changed'].map((difference) =>
            allOf(`${analysis.id}/differences?${query({ ...at, difference, to: now.to })}`),
          ),
        )
        const [came, left] = lists.map(({ items }) => items.length)
        const then = await allOf(`${analysis.id}/documents?${query(at)}`)
        if (
          before === after ||
          came! - left! !== after - before ||
          then.items.length !== before ||
          lists.some(({ total, items }) => total !== items.length)
        )
          wrong.push([panel, key, before, after, came, left, then.items.length])
      }
    expect(wrong).toEqual([])
    expect(now.cells.flatMap(({ moved }: any) => moved).length).toBeGreaterThan(10)
    const panels = new Set(battery.moved.map(({ panel }: any) => panel))
    for (const panel of ['total', 'trend', 'owners', 'statuses', 'conversion', 'inventors'])
      expect([...panels]).toContain(panel)

    const changed = await allOf(`${analysis.id}/differences?cell=${cell.id}&difference=changed&to=${now.to}`)
    expect(changed.items).toMatchObject([
      {
        publicationNumber: record(4).publicationNumber,
        facts: [
          { fact: 'legalStatus', before: 'in-force', after: 'lapsed' },
          { fact: 'legalStatusOn', before: null, after: '2026-11-20' },
        ],
      },
    ])
    const left = await allOf(`${analysis.id}/differences?cell=${cell.id}&difference=left&to=${now.to}`, 1)
    expect(left.items.map(({ publicationNumber }) => publicationNumber)).toEqual(
      [0, 2].map((index) => record(index).publicationNumber),
    )
  })

  test('a copy on today’s data counts anew, one on the same data keeps every figure, and the first stays as it was', async () => {
    const copy = async (on: string) =>
      (await me.post(`/api/v1/analyses/${analysis.id}/copy`, { name: `副本 ${on}`, on })).body
    const same = await copy('same')
    expect(same).toMatchObject({ basis: analysis.basis, copiedFrom: analysis.id, name: '副本 same' })
    expect(same.cells.map(({ landscape }: any) => landscape)).toEqual(
      analysis.cells.map(({ landscape }: any) => landscape),
    )
    const today = await copy('today')
    expect(today.cells[1].landscape.documents).toBe(32)
    expect(await api(`${today.id}/today`)).toMatchObject({
      cells: [{ moved: [] }, { moved: [] }, { moved: [] }],
    })
    expect((await api(analysis.id)).cells).toEqual(analysis.cells)
  })

  test('is edited by version: a new question is counted on the old data, what was asked keeps its figures', async () => {
    const mine = await saved([question({ q: '电池' }, ['owners'])], '可编辑')
    const old = await me.post(`/api/v1/analyses/${analysis.id}/copy`, { name: '旧数据', on: 'same' })
    const { id, version, cells } = old.body
    const drafts = cells.map(({ landscape: _landscape, ...draft }: any) => draft)
    const put = (body: object) => me.put(`/api/v1/analyses/${id}`, { version, name: '新名', ...body })
    const added = await put({ cells: [...drafts.slice(1), question({ q: '测量装置' }, ['trend'], '另一问')] })
    expect(added.body).toMatchObject({ name: '新名', version: version + 1, basis: analysis.basis })
    expect(added.body.cells.at(-1).landscape.documents).toBe(30)
    expect(added.body.cells[0].landscape).toEqual(cells[1].landscape)
    expect((await put({ cells: drafts })).body.code).toBe('CHANGED')
    expect((await put({ cells: [question({ q: '(TI=' })] })).body.code).toBe('QUERY_NOT_READ')
    expect(
      (await w.as('officer').put(`/api/v1/analyses/${mine.id}`, { version: 1, name: 'x', cells: drafts }))
        .body.code,
    ).toBe('UNKNOWN_ANALYSIS')
    expect((await w.as('visitor').post('/api/v1/analyses', { name: 'x', cells: drafts })).status).toBe(401)
  })

  test('is private until shared: with an organisation, with staff, with everybody; staff may take it out of the public', async () => {
    const [organisationId = '', other = ''] = (await plantFirms(w.db, 4)).slice(2)
    const owner = w.as({ ...author, organisationIds: [organisationId] })
    const { id } = await saved([question({ q: '电池' })], '分享')
    const seen = async () =>
      Promise.all(
        [
          owner,
          w.as({
            roles: ['enterprise'],
            organisationIds: [organisationId],
            accountId: testAccountId('colleague'),
          }),
          w.as({ roles: ['enterprise'], organisationIds: [other], accountId: testAccountId('stranger') }),
          w.as('officer'),
          w.as('visitor'),
        ].map(async (who) => (await who.get(`/api/v1/analyses/${id}`)).status),
      )
    let version = 1
    const share = async (of: object, who = owner) => {
      const answer = await who.put(`/api/v1/analyses/${id}/share`, { version, ...of })
      if (answer.status === 200) version += 1
      return answer.body
    }
    expect(await seen()).toEqual([200, 404, 404, 404, 404])
    expect((await share({ share: 'organisation', organisationId: other })).code).toBe('NOT_A_MEMBER')
    expect((await share({ share: 'staff' })).code).toBe('NOT_STAFF')
    expect(await share({ share: 'organisation', organisationId })).toMatchObject({
      organisation: { id: organisationId },
    })
    expect(await seen()).toEqual([200, 200, 404, 404, 404])
    await share({ share: 'public' })
    expect(await seen()).toEqual([200, 200, 200, 200, 200])
    const listed = (await w.as('visitor').get('/api/v1/analyses')).body
    expect(listed.items).toMatchObject([{ id, by: null, mine: false, questions: 1 }])
    expect(listed.total).toBe(listed.scopes.public)
    expect((await share({ share: 'staff' }, w.as('officer'))).code).toBe('NOT_YOURS')
    expect((await share({ share: 'private' }, w.as('enterprise'))).code).toBe('NOT_YOURS')
    await share({ share: 'private' }, w.as('officer'))
    expect(await seen()).toEqual([200, 404, 404, 404, 404])
  })

  test('a deleted one is gone for everybody and comes back for its owner; every step is in the ledger', async () => {
    const { id, version } = await saved([question({ q: '电池' })], '会删')
    expect((await w.as('officer').del(`/api/v1/analyses/${id}`, { version })).body.code).toBe(
      'UNKNOWN_ANALYSIS',
    )
    expect((await me.del(`/api/v1/analyses/${id}`, { version })).body.deletedAt).not.toBeNull()
    const names = async (scope: string) =>
      (await api(`?scope=${scope}`)).items.map(({ name }: any) => name as string)
    expect(await names('mine')).not.toContain('会删')
    expect(await names('deleted')).toEqual(['会删'])
    expect((await me.post(`/api/v1/analyses/${id}/restore`)).body).toMatchObject({ id, deletedAt: null })
    expect(await names('mine')).toContain('会删')
    const entries = await w.db.selectFrom('ledgerEntry').select('body').orderBy('id').execute()
    const actions = entries.flatMap(({ body }) => {
      const { action, subject } = JSON.parse(body)
      return subject?.id === id ? [action] : []
    })
    expect(actions).toEqual(['analysis.saved', 'analysis.deleted', 'analysis.restored'])
  })

  test('its figures go out as CSV, each with the conditions that count it again', async () => {
    const { body } = await me.get(`/api/v1/analyses/${analysis.id}/figures.csv`)
    const rows = String(body).trim().split('\r\n')
    const { figures } = await api(`${analysis.id}/rerun`)
    expect(rows).toHaveLength(figures + 1)
    expect(rows[1]).toContain(`,total,,30,q=`)
  })
})

test('[F060] a mark of what is narrowed already goes one level down, as often as it is asked', () => {
  const filter = narrowed(narrowed({ subclass: 'H01M' }, { subclass: 'G01N', zone: 'in' }), {
    subclass: 'B60L',
  })
  expect(filter).toEqual({ subclass: 'H01M', zone: 'in', and: 'subclass=B60L&and=subclass%3DG01N' })
  expect(narrowed(filter, { zone: 'in' })).toEqual(filter)
})

test('[F063] facts that say where people live are named and not shown', () => {
  const before = record(1)
  const after = record(1, { address: '别处', timesCited: 3 })
  expect(changedFacts(before, after)).toEqual([
    { fact: 'address', before: null, after: null },
    { fact: 'timesCited', before: null, after: '3' },
  ])
})

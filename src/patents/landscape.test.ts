import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { insertDeals } from '../market/store.ts'
import { putRecords } from './corpus.store.ts'
import { narrowed } from './landscape-filter.rules.ts'
import { PatentRecord } from './record.rules.ts'

const w = await world()
const today = '2026-11-22'
w.setToday(today)
const visitor = w.as('visitor')
const [industry] = w.zone.industryPatents[0]?.industries ?? []
const code = industry?.industry ?? ''
const prefix = industry?.ipc[0] ?? ''

const OWNERS = [
  '湖滨电力（甲）有限公司',
  '湖滨电力(甲)有限公司',
  '湖滨电力甲有限公司',
  '江南大学',
  '王伟',
  'ACME CO., LTD.',
]
const STATUSES = ['in-force', 'pending', 'lapsed', 'unknown'] as const

const record = (index: number): PatentRecord =>
  PatentRecord.parse({
    publicationNumber: `CN1${String(10_000_000 + index)}${index % 2 === 0 ? 'A' : 'B'}`,
    applicationNumber: `CN2015101${String(10_000 + index)}`,
    applicationKey: `CN2015101${String(10_000 + index)}`,
    numberState: 'unchecked',
    office: 'CN',
    kind: index % 2 === 0 ? 'A' : 'B',
    right: index % 5 === 0 ? 'utility-model' : 'invention',
    stage: index % 2 === 0 ? 'application' : 'grant',
    titles: { zh: index % 7 === 0 ? '一种测量装置' : '一种电池管理方法' },
    filedOn: index % 11 === 0 ? null : `${2010 + (index % 9)}-03-04`,
    grantedOn: index % 2 === 0 ? null : `${2013 + (index % 9)}-05-06`,
    applicants: [{ name: OWNERS[index % OWNERS.length], country: index % 6 === 5 ? 'US' : 'CN' }],
    inventors: index % 6 < 3 ? ['张三', '李四', `人${index % 4}`] : [`人${index % 4}`],
    agency: index % 4 === 0 ? null : { name: `代理${index % 3}`, code: null },
    address: ['安徽省合肥市', `浙江省杭州市`, null, `230000 安徽省${w.zone.region.names.zh}`][index % 4],
    mainIpc: index % 3 === 0 ? `${prefix}3/00` : 'G01N33/00',
    ipc: index % 3 === 0 ? [`${prefix}3/00`, 'G01N33/00'] : ['G01N33/00'],
    legalStatus: STATUSES[index % STATUSES.length],
    source: {
      run: 'r',
      file: 'f',
      line: index + 1,
      format: 'test',
      observedOn: today,
      seenAt: '2026-11-22T04:00:00Z',
    },
  })

const records = Array.from({ length: 84 }, (_, index) => record(index))
const landscape = async (search = '') => (await visitor.get(`/api/v1/patents/landscape${search}`)).body
const listed = async (search: Record<string, string>) =>
  (await visitor.get(`/api/v1/patents/landscape/documents?${new URLSearchParams(search).toString()}`)).body

/** Every mark of every chart of a landscape, with the filter that opens it. */
function marksOf(found: any): [Record<string, string>, number][] {
  const of = (name: string, items: any[]) =>
    items.map(({ key, count }): [Record<string, string>, number] => [{ [name]: key }, count])
  return [
    [{}, found.documents],
    [{ year: '-' }, found.yearUnknown],
    ...found.trend.flatMap(({ year, filed, granted }: any) => [
      [{ year: String(year) }, filed],
      [{ granted: String(year) }, granted],
    ]),
    ...of('right', found.rights),
    ...of('status', found.statuses),
    ...of('field', found.fields),
    ...of('subclass', found.subclasses),
    ...of('owner', found.owners.items),
    ...of('inventor', found.inventors.items),
    ...of('agency', found.agencies.items),
    [{ agency: '-' }, found.agencies.without],
    ...of('province', found.provinces),
    ...of('country', found.countries),
    [{ zone: 'in' }, found.zone.in],
    [{ zone: 'out' }, found.zone.out],
    [{ zone: '-' }, found.zone.unknown],
    [{ deal: 'any' }, found.deals.dealt],
    [{ deal: 'transfer' }, found.deals.transfer],
    [{ deal: 'licence' }, found.deals.licence],
    [{ deal: 'none' }, found.documents - found.deals.dealt],
    ...found.whiteSpace.flatMap(({ subclass, count, zone }: any) => [
      [{ subclass }, count],
      [{ subclass, zone: 'in' }, zone],
    ]),
  ] as [Record<string, string>, number][]
}

async function expectMarksToOpen(filter: Record<string, string>) {
  const found = await landscape(`?${new URLSearchParams(filter).toString()}`)
  expect(found.documents).toBeGreaterThan(0)
  const wrong: unknown[] = []
  for (const [mark, count] of marksOf(found)) {
    const list = await listed({ ...(narrowed(filter, mark) as Record<string, string>), limit: '200' })
    if (list.total !== count || list.items.length !== count)
      wrong.push([mark, count, list.total, list.items.length])
  }
  expect(wrong).toEqual([])
  return found
}

beforeAll(async () => {
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
        patentNumbers: ['ZL201510110003', 'ZL201510110006', 'kein Patent'],
      },
    ]),
  )
  await putRecords(w.context(), records)
})

describe('[F060] landscapes', () => {
  test('[S127] every mark opens a list of exactly as many documents, for a visitor, over everything', async () => {
    const found = await expectMarksToOpen({})
    expect(found.documents).toBe(records.length)
    expect(found.deals).toMatchObject({ dealt: 2, transfer: 2, licence: 0 })
    expect(found.trend.reduce((sum: number, { filed }: any) => sum + filed, found.yearUnknown)).toBe(
      records.length,
    )
  })

  test('[S29] [S30] an industry is what its definition says, and its marks open', async () => {
    const found = await expectMarksToOpen({ industry: code })
    expect(found.industry).toMatchObject({ code, sample: true })
    expect(found.documents).toBe(records.filter(({ mainIpc }) => mainIpc?.startsWith(prefix)).length)
    const { body } = await visitor.get('/api/v1/patents/landscape/industries')
    expect(body.documents).toBe(records.length)
    const members = body.systems.flatMap(({ groups }: any) => groups.flatMap((group: any) => group.members))
    expect(members.find((one: any) => one.code === code).documents).toBe(found.documents)
    expect(
      body.systems.some(({ groups }: any) => groups.some((group: any) => group.members.length === 0)),
    ).toBe(true)
  })

  test('any query has a landscape, and its marks open', async () => {
    const found = await expectMarksToOpen({ q: '测量装置', right: 'invention' })
    expect(found.documents).toBe(
      records.filter(({ titles, right }) => titles['zh'] === '一种测量装置' && right === 'invention').length,
    )
  })

  test('within one class, inventor, country and place, the marks of all others open what both have', async () => {
    await expectMarksToOpen({ subclass: 'G01N', inventor: '张三', country: 'CN', zone: 'out' })
    await expectMarksToOpen({ field: '11', right: 'invention', and: 'subclass=G01N&and=subclass%3DG01N' })
    expect((await landscape('?and=whale%3D1')).code).toBe('INVALID_INPUT')
  })

  test('after names were joined an owner counts once for all of them, and so does its list', async () => {
    expect((await landscape()).owners.distinct).toBe(OWNERS.length)
    expect((await w.as('officer').post('/api/v1/owners/reading')).status).toBe(200)
    const found = await expectMarksToOpen({})
    expect(found.owners.distinct).toBe(OWNERS.length - 2)
    expect(found.owners.items[0]).toMatchObject({ names: 3, count: 42 })
    expect(found.basis.ownerVersion).toBe(1)
  })

  test('what the zone does not name, does not define, or what is no filter is refused', async () => {
    expect((await landscape('?industry=whaling')).code).toBe('UNKNOWN_INDUSTRY')
    expect((await landscape('?year=19')).code).toBe('INVALID_INPUT')
    expect((await landscape('?field=36')).code).toBe('INVALID_INPUT')
    expect((await landscape('?q=(TI%3D')).code).toBe('QUERY_NOT_READ')
    expect((await listed({ cursor: 'x' })).code).toBe('INVALID_CURSOR')
  })

  test('a list is paged in one order without loss', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    do {
      const page: any = await listed({ limit: '13', ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map(({ publicationNumber }: any) => publicationNumber))
      cursor = page.next
    } while (cursor)
    expect(new Set(seen).size).toBe(records.length)
    expect(seen).toHaveLength(records.length)
  })
})

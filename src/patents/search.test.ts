import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { putRecords } from './corpus.store.ts'
import { source } from './record.fixture.ts'
import { PatentRecord } from './record.rules.ts'

const w = await world()
const visitor = w.as('visitor')

interface Said {
  readonly title: string
  readonly abstract?: string
  readonly claim?: string
  readonly more?: object
}

const record = (number: number, { title, abstract, claim, more = {} }: Said) =>
  PatentRecord.parse({
    publicationNumber: `CN${100_000_000 + number}A`,
    applicationNumber: `CN2020${String(number).padStart(8, '1')}`,
    applicationKey: `CN2020${String(number).padStart(8, '1')}`,
    office: 'CN',
    kind: 'A',
    right: 'invention',
    stage: 'application',
    titles: { zh: title },
    ...(abstract === undefined ? {} : { abstracts: { zh: abstract } }),
    ...(claim === undefined ? {} : { claims: { language: 'zh', complete: false, texts: [claim] } }),
    filedOn: `2020-01-${String((number % 28) + 1).padStart(2, '0')}`,
    source,
    ...more,
  })

const party = (name: string) => ({ applicants: [{ name, country: 'CN' }] })

const corpus = [
  record(1, {
    title: '一种锂离子电池正极材料',
    abstract: '本发明涉及固态电解质与石墨烯导电剂。',
    more: {
      ...party('云溪新能源有限公司'),
      ipc: ['H01M10/0525', 'H01M4/36'],
      mainIpc: 'H01M10/0525',
      legalStatus: 'in-force',
    },
  }),
  record(2, {
    title: '锂离子电池',
    abstract: '正极。',
    more: {
      ...party('云溪新能源有限公司'),
      ipc: ['H01M10/05'],
      filedOn: '2021-03-05',
      legalStatus: 'pending',
    },
  }),
  record(3, {
    title: '5G天线装置',
    abstract: '基站天线阵列。',
    more: {
      ...party('青梧通信股份有限公司'),
      inventors: ['王小明'],
      ipc: ['H01Q1/24'],
      agency: { name: '白鹿专利代理事务所', code: '32201' },
    },
  }),
  record(4, {
    title: '天线',
    abstract: '用于５Ｇ 通信的设备',
    claim: '一种设备，其特征在于，包括5G模块和天线。',
  }),
  record(5, { title: '北京市长江大桥监测', abstract: '高效能源管理与桥梁健康' }),
  record(6, { title: '电池包的冷却', abstract: '离子锂不在一起，锂，离子电池' }),
  record(7, {
    title: 'Solid-state battery and method',
    more: {
      titles: { en: 'Solid-state battery and method' },
      office: 'US',
      publicationNumber: 'US20130101709A1',
      applicationNumber: 'US13657122',
      applicationKey: 'US13657122',
      right: 'invention',
    },
  }),
  record(8, {
    title: '外观设计椅子',
    more: {
      publicationNumber: 'CN305000001S',
      kind: 'S',
      right: 'design',
      stage: 'grant',
      filedOn: null,
      locarno: ['06-01'],
    },
  }),
]

beforeAll(async () => {
  await putRecords(w, corpus)
})

interface Item {
  readonly publicationNumber: string
  readonly why: { field: string; text: string; marks: [number, number][] }[]
}

const search = async (q: string, more = '') => {
  const { status, body } = await visitor.get(`/api/v1/patents?q=${encodeURIComponent(q)}${more}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as { total: number; items: Item[]; next: string | null; version: number }
}
const found = async (q: string) => {
  const { items, total } = await search(q)
  expect(items.length).toBe(total)
  return items
    .map(
      ({ publicationNumber }) => corpus.findIndex((one) => one.publicationNumber === publicationNumber) + 1,
    )
    .toSorted((one, other) => one - other)
}

describe('[F057] [S127] what contains it is found, and the count is the list', () => {
  test.for([
    ['电池', [1, 2, 6]],
    ['5G 天线', [3, 4]],
    ['5g天线', [3, 4]],
    ['５Ｇ', [3, 4]],
    ['锂离子', [1, 2]],
    ['"锂离子电池"', [1, 2]],
    ['"5G天线"', [3]],
    ['市长', [5]],
    ['长江', [5]],
    ['效能', [5]],
    ['石墨烯', [1]],
    ['battery', [7]],
    ['Solid-State', [7]],
    ['batter*', [7]],
    ['"battery and method"', [7]],
    ['锂', [1, 2]],
    ['TI=天线', [3, 4]],
    ['AB=天线', [3]],
    ['CL=(5G 天线)', [4]],
    ['TA=石墨烯', [1]],
    ['电池 NOT 正极', [6]],
    ['电池 AND IPC=H01M', [1, 2]],
    ['IPC=H01M4', [1]],
    ['ipc:H01M10/05', [2]],
    ['H01M', [1, 2]],
    ['ipc=H01M10/05*', [1, 2]],
    ['ipc=H01', [1, 2, 3]],
    ['pa=云溪', [1, 2]],
    ['申请人=新能源有限公司', [1, 2]],
    ['pa=="云溪新能源有限公司"', [1, 2]],
    ['pa=="云溪新能源"', []],
    ['权利人:云溪新能源', [1, 2]],
    ['发明人=王小明', [3]],
    ['in=小明', [3]],
    ['ag=白鹿', [3]],
    ['agc=32201', [3]],
    ['云溪', [1, 2]],
    ['CN100000001A', [1]],
    ['CN 100000001 A', [1]],
    ['100000003', [3]],
    ['pn=CN1000000*', [1, 2, 3, 4, 5, 6]],
    ['an=202011111111', [1]],
    ['ZL202011111111', [1]],
    ['US 2013/0101709', [7]],
    ['pn=US20130101709', [7]],
    ['状态=有效', [1]],
    ['类型=外观设计', [8]],
    ['loc=06-01', [8]],
    ['office=US', [7]],
    ['AD>=2021', [2]],
    ['AD=202001 电池', [1, 6]],
    ['NOT AD>=2021', [1, 3, 4, 5, 6, 7, 8]],
    ['cluster:steel', []],
    ['产业=储能与氢能', [1, 2]],
    ['', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['火星', []],
  ] as const)('%s', async ([q, numbers]) => {
    expect(await found(q)).toEqual(numbers)
  })

  test('a query that cannot be read is refused with its place', async () => {
    const { status, body } = await visitor.get(`/api/v1/patents?q=${encodeURIComponent('电池 "固态')}`)
    expect([status, body.code, body.data]).toEqual([
      422,
      'QUERY_UNREADABLE',
      { fault: 'unclosedQuote', at: 3, length: 3, found: '' },
    ])
    for (const [q, fault] of [
      ['ipc=HH', 'notAClass'],
      ['状态=美好', 'unknownValue'],
      ['cluster:none-such', 'unknownCluster'],
      ['ti=，', 'nothingToFind'],
    ]) {
      const refused = await visitor.get(`/api/v1/patents?q=${encodeURIComponent(q ?? '')}`)
      expect([refused.status, refused.body.data.fault]).toEqual([422, fault])
    }
    expect((await visitor.get('/api/v1/patents?cursor=nonsense')).body.code).toBe('INVALID_CURSOR')
  })
})

const order = async (q: string, more = '') =>
  (await search(q, more)).items.map(({ publicationNumber }) => publicationNumber)

describe('[F058] [S127] why, and in which order', () => {
  test('every result shows where it matches, in the words of the document', async () => {
    for (const q of [
      '电池',
      '5G 天线',
      'battery',
      '云溪',
      'ipc=H01M',
      'AD>=2021',
      '状态=有效',
      'CN100000001A',
      '石墨烯',
      'pa=云溪',
    ]) {
      const { items } = await search(q)
      expect(items.length).toBeGreaterThan(0)
      for (const { why, publicationNumber } of items) {
        expect(why.length, `${q} ${publicationNumber}`).toBeGreaterThan(0)
        for (const { text, marks } of why) {
          expect(marks.length).toBeGreaterThan(0)
          for (const [from, to] of marks) expect(text.slice(from, to).length).toBeGreaterThan(0)
        }
      }
    }
    const { items } = await search('5G 天线')
    const second = items.find(({ publicationNumber }) => publicationNumber === 'CN100000004A')
    expect(
      second?.why.map(({ field, text, marks }) => [field, marks.map(([from, to]) => text.slice(from, to))]),
    ).toEqual([
      ['title', ['天线']],
      ['abstract', ['５Ｇ']],
      ['claims', ['5G', '天线']],
    ])
  })

  test('what says all of it in the title stands first, the shortest before; again gives the same order', async () => {
    expect(await order('锂离子 正极')).toEqual(['CN100000001A', 'CN100000002A'])
    expect(await order('锂离子')).toEqual(['CN100000002A', 'CN100000001A'])
    expect(await order('电池')).toEqual(await order('电池'))
    expect(await order('电池', '&sort=newest')).toEqual(['CN100000002A', 'CN100000006A', 'CN100000001A'])
  })

  test('pages join to the whole list without a gap, in every order, also while data changes', async () => {
    for (const more of ['&sort=newest', '&sort=relevance']) {
      for (const q of ['', '电池', '电池 OR 天线', '设备 OR 管理 OR 正极']) {
        const whole = await search(q, `${more}&limit=100`)
        const gathered: string[] = []
        let cursor = ''
        for (;;) {
          const page = await search(q, `${more}&limit=2${cursor}`)
          expect(page.total).toBe(whole.total)
          gathered.push(...page.items.map(({ publicationNumber }) => publicationNumber))
          if (page.next === null) break
          cursor = `&cursor=${page.next}`
        }
        expect(gathered).toEqual(whole.items.map(({ publicationNumber }) => publicationNumber))
      }
    }
    const first = await search('电池', '&sort=newest&limit=1')
    await putRecords(w, [record(9, { title: '电池电池', more: { filedOn: '2020-01-10' } })])
    const second = await search('电池', `&sort=newest&limit=5&cursor=${first.next ?? ''}`)
    expect([second.total, second.version, second.items.length]).toEqual([3, first.version, 2])
    expect((await search('电池')).total).toBe(4)
    await putRecords(w, [record(9, { title: '别的' })])
  })
})

test('[F057] facets count the list, and the query of each lists as many as it counts', async () => {
  const { body } = await visitor.get('/api/v1/patents/facets?q=')
  expect(body.total).toBe((await search('')).total)
  const values = ['right', 'status', 'year', 'subclass', 'applicant'].flatMap(
    (name) => body[name] as { count: number; query: string }[],
  )
  expect(values.length).toBeGreaterThan(8)
  for (const { count, query } of values) expect((await search(query)).total, query).toBe(count)
  const within = await visitor.get(`/api/v1/patents/facets?q=${encodeURIComponent('电池 OR 天线')}`)
  for (const { count, query } of within.body.right) expect((await search(query)).total, query).toBe(count)
})

test('[S150] the list goes out as CSV in its order, harmless to spreadsheets', async () => {
  const { status, body, headers } = await visitor.get(`/api/v1/patents.csv?q=${encodeURIComponent('锂离子')}`)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv;charset=utf-8'])
  const lines = String(body).trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toMatch(/^CN100000002A,.*锂离子电池/)
})

test('[F057] one document is read under any shape of its number, without where people live', async () => {
  for (const number of ['CN100000003A', 'CN100000003', 'cn 100000003 a', 'ZL202011111113']) {
    const { status, body } = await visitor.get(`/api/v1/patents/${encodeURIComponent(number)}`)
    expect([status, body.publicationNumber]).toEqual([200, 'CN100000003A'])
    expect(JSON.stringify(body)).not.toContain('address')
  }
  const { status, body } = await visitor.get('/api/v1/patents/CN999999999A')
  expect([status, body.code]).toEqual([404, 'UNKNOWN_PATENT'])
})

test('a hostile query is refused or answered, never an error', async () => {
  for (const q of [
    "'; DROP TABLE patent --",
    '{q0:String}',
    String.raw`\x00\'`,
    '%',
    '*',
    '****',
    '((((',
    'ti=*',
    'pa=*',
    '¶',
    '🎉',
    'ipc=*',
    'pn=*',
    'ad=*',
    '\u202e电池',
    'a'.repeat(2000),
  ]) {
    const { status } = await visitor.get(`/api/v1/patents?q=${encodeURIComponent(q)}`)
    expect([200, 422], q).toContain(status)
  }
})

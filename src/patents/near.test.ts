import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { sourceFromPath } from '#platform/tabular/source.ts'
import { sharedData } from '#testing/shared-data.ts'
import { world } from '#testing/world.ts'
import { currentVersion, putRecords } from './corpus.store.ts'
import { compareRecords } from './near.rules.ts'
import { findNearPairs } from './near.store.ts'
import { runOneSearch } from './near-run.ts'
import { openPatentFile } from './reading.ts'
import { source } from './record.fixture.ts'
import { PatentRecord } from './record.rules.ts'

const w = await world()
const visitor = w.as('visitor')
const officer = w.as('officer')

const record = (number: number, title: string, abstract: string, more: object = {}) =>
  PatentRecord.parse({
    publicationNumber: `CN${100_000_000 + number}A`,
    applicationNumber: `CN2020${String(number).padStart(8, '1')}`,
    applicationKey: `CN2020${String(number).padStart(8, '1')}`,
    office: 'CN',
    kind: 'A',
    right: 'invention',
    stage: 'application',
    titles: { zh: title },
    abstracts: abstract === '' ? {} : { zh: abstract },
    filedOn: '2020-03-05',
    source,
    ...more,
  })

const trap =
  '本发明公开了一种自动复位的捕鼠装置，包括底座、笼体、翻板和配重块，翻板铰接在笼体的入口处，配重块固定在翻板的一端，当老鼠踏上翻板时翻板向下转动，老鼠落入笼体后翻板在配重块的作用下自动复位，可以连续捕捉多只老鼠，结构简单，成本低廉，使用方便。'
const battery =
  '本发明涉及一种固态电池的制备方法，先将硫化物电解质粉末在惰性气氛中球磨，再与正极活性物质混合后压制成片，最后在真空条件下与锂负极叠合封装，所得电池界面阻抗小，循环寿命长，安全性能好，适合规模化生产和应用推广。'
const party = (name: string, agency = '白鹿专利代理事务所') => ({
  applicants: [{ name, country: 'CN' }],
  agency: { name: agency, code: '32201' },
})

const corpus = [
  record(1, '自动复位捕鼠装置', trap, party('云溪机械有限公司')),
  record(
    2,
    '一种自动复位灭鼠装置',
    trap.replaceAll('老鼠', '田鼠').replace('成本低廉，', ''),
    party('云溪机械有限公司'),
  ),
  // The same application at a later stage says the same and is no duplicate.
  record(3, '自动复位捕鼠装置', trap, {
    ...party('云溪机械有限公司'),
    applicationKey: 'CN202011111111',
    stage: 'grant',
  }),
  record(4, '自动复位捕鼠装置', trap.replace('配重块', '弹簧'), party('青梧工贸有限公司')),
  record(5, '固态电池的制备方法', battery, party('青梧新能源有限公司', '北岭专利事务所')),
  record(6, '捕鼠装置', '一种捕鼠装置。', party('云溪机械有限公司')),
  record(7, '捕鼠笼', trap, { ...party('云溪机械有限公司'), right: 'design', kind: 'S' }),
  record(8, '固态电池', battery.replaceAll('硫化物', '氧化物'), {
    ...party('临泽电源有限公司', '北岭专利事务所'),
    right: 'utility-model',
  }),
]
const [first, , , , fifth, sixth, design] = corpus.map(({ publicationNumber }) => publicationNumber)
const path = (number: string | undefined) => `/api/v1/patents/${number}/near-duplicates`

beforeAll(async () => {
  corpus[2] = { ...corpus[2]!, applicationKey: corpus[0]!.applicationKey }
  await putRecords(w, corpus)
})

describe('[F076] near duplicates of one filing', () => {
  test('a visitor sees them, the nearest first, with what both say marked on both sides', async () => {
    const { status, body } = await visitor.get(path(first))
    expect(status).toBe(200)
    expect(body).toMatchObject({ held: 'yes', total: 2, rule: { sample: true, near: 0.4 } })
    expect(body.items.map((item: { publicationNumber: string }) => item.publicationNumber)).toEqual(
      [corpus[3], corpus[1]].map((one) => one?.publicationNumber),
    )
    expect(body.items[0]).toMatchObject({ plainlyTheSame: true, relation: 'same-agency' })
    expect(body.items[1]).toMatchObject({ relation: 'same-applicant' })
    for (const { similarity, publicationNumber, texts } of body.items) {
      const other = corpus.find((one) => one.publicationNumber === publicationNumber)
      expect(similarity).toBe(compareRecords(corpus[0]!, other!).similarity)
      const [own, its] = texts.map((parts: { text: string; marks: [number, number][] }[]) =>
        parts.map(({ text, marks }) => marks.map(([from, to]) => text.slice(from, to)).join('')).join(''),
      )
      expect(own.length).toBeGreaterThan(60)
      expect(its.length).toBeGreaterThan(60)
    }
  })

  test('what has none, what is too short and what is a design say so', async () => {
    expect((await visitor.get(path(fifth))).body).toMatchObject({ held: 'yes', total: 1 })
    expect((await visitor.get(path(sixth))).body).toMatchObject({ held: 'too-short', total: 0, items: [] })
    expect((await visitor.get(path(design))).body).toMatchObject({ held: 'design', total: 0, items: [] })
    expect((await visitor.get(path('CN999999999A'))).body).toMatchObject({ code: 'UNKNOWN_PATENT' })
  })
})

describe('[F076] [S160] searches that an officer orders', () => {
  const order = (body: object) => officer.post('/api/v1/near-duplicates/runs', body)

  test('a visitor, an agency and a statistician order none', async () => {
    for (const [who, status] of [
      ['visitor', 401],
      ['agency', 403],
      ['statistician', 403],
    ] as const)
      expect((await w.as(who).post('/api/v1/near-duplicates/runs', { scope: 'corpus' })).status).toBe(status)
    expect((await visitor.get('/api/v1/near-duplicates/runs')).status).toBe(401)
  })

  test('a scope without a name or without documents is refused', async () => {
    expect((await order({ scope: 'applicant' })).body).toMatchObject({ code: 'NAME_MISSING' })
    expect((await order({ scope: 'agency', name: '无此机构' })).body).toMatchObject({
      code: 'NOTHING_OF_THAT_NAME',
      data: { name: '无此机构' },
    })
  })

  test('the whole corpus: waits, runs, and its result opens down to the texts', async () => {
    const ordered = await order({ scope: 'corpus' })
    expect(ordered).toMatchObject({ status: 201, body: { state: 'waiting', share: 0 } })
    const again = await order({ scope: 'corpus' })
    expect(again.body).toMatchObject({ code: 'ALREADY_UNDER_WAY', data: { id: ordered.body.id } })
    expect(await runOneSearch(w)).toBe(true)
    expect(await runOneSearch(w)).toBe(false)

    const at = `/api/v1/near-duplicates/runs/${ordered.body.id}`
    const run = (await officer.get(at)).body
    // The design and the short one are not held against others.
    expect(run).toMatchObject({ state: 'finished', share: 1, pairs: 6, clusters: 2, capped: false })
    expect(run.dataVersion).toBe(await currentVersion(w.analytics))
    const { total, items } = (await officer.get(`${at}/clusters`)).body
    expect(total).toBe(2)
    expect(items.map(({ documents }: { documents: number }) => documents)).toEqual([4, 2])
    const counted = await Promise.all(
      items.map(
        async ({ number }: { number: number }) => (await officer.get(`${at}/clusters/${number}`)).body,
      ),
    )
    expect(counted.map(({ members }) => members.length)).toEqual([4, 2])
    expect(counted.reduce((sum, { pairs }) => sum + pairs.total, 0)).toBe(run.pairs)

    const { one, other } = counted[0].pairs.items[0]
    const pair = (await officer.get(`${at}/pairs?one=${one}&other=${other}`)).body
    expect(pair).toMatchObject({ one, other, dataVersion: run.dataVersion })
    expect(pair.texts[0].some(({ marks }: { marks: unknown[] }) => marks.length > 0)).toBe(true)
    expect((await officer.get(`${at}/pairs?one=${one}&other=CN1000A`)).body.code).toBe('UNKNOWN_PAIR')
    expect((await officer.get(`${at}/clusters/9`)).body.code).toBe('UNKNOWN_CLUSTER')
  })

  test('one applicant and one agency: only theirs', async () => {
    for (const [body, expected] of [
      [
        { scope: 'applicant', name: '云溪机械有限公司' },
        { pairs: 2, clusters: 1 },
      ],
      [
        { scope: 'agency', name: '北岭专利事务所' },
        { pairs: 1, clusters: 1 },
      ],
    ] as const) {
      const { id } = (await order(body)).body
      await runOneSearch(w)
      expect((await officer.get(`/api/v1/near-duplicates/runs/${id}`)).body).toMatchObject(expected)
    }
  })

  test('a result stays as it was when the documents change', async () => {
    const { items } = (await officer.get('/api/v1/near-duplicates/runs?limit=10')).body
    const whole = items.find(({ scope }: { scope: string }) => scope === 'corpus')
    const at = `/api/v1/near-duplicates/runs/${whole.id}`
    const before = (await officer.get(`${at}/pairs?one=${fifth}&other=CN100000008A`)).body
    await putRecords(w, [
      record(5, '固态电池的制备方法', '改为完全不同的另一件事。', party('青梧新能源有限公司')),
    ])
    expect((await officer.get(`${at}/pairs?one=${fifth}&other=CN100000008A`)).body).toEqual(before)
    expect((await visitor.get(path('CN100000008A'))).body).toMatchObject({ total: 0 })
  })
})

const rules = { near: 0.4, leastShingles: 60 }

const cnipr = sharedData('patents_cn/cnipr_export_25cols.xlsx')
test.skipIf(cnipr === undefined)(
  '[F076] in a real export the batch that one applicant filed on one day is found, and nothing of different applicants (skipped without the shared data)',
  async () => {
    const file = await openPatentFile(await sourceFromPath(cnipr ?? ''))
    const records: PatentRecord[] = []
    for await (const { drafts = [] } of file.rows)
      for (const draft of drafts)
        records.push(
          PatentRecord.parse({
            ...draft,
            source: { run: 't', file: 'f', line: 1, format: 't', observedOn: '2026-01-01' },
          }),
        )
    const { version } = await putRecords(w, records)
    const pairs = await findNearPairs(
      w.analytics,
      { run: 'real', version, scope: { kind: 'corpus' }, rules },
      300,
      async () => {},
    )
    const known = new Map(records.map((one) => [one.publicationNumber, one]))
    const real = pairs.filter(({ one, other }) => known.has(one) && known.has(other))
    const sleepers = ['CN202644313U CN202644316U', 'CN202644314U CN202644316U', 'CN202644313U CN202644314U']
    expect(real.map(({ one, other }) => `${one} ${other}`)).toEqual(expect.arrayContaining(sleepers))
    const holders = (number: string) =>
      known
        .get(number)
        ?.applicants.map(({ name }) => name)
        .join()
    expect(real.filter(({ one, other }) => holders(one) !== holders(other))).toEqual([])
    // What the store counted is what the rule counts.
    for (const { one, other, ...counted } of real) {
      const { shared, sizes } = compareRecords(known.get(one)!, known.get(other)!)
      expect(counted).toEqual({ shared, oneSize: sizes[0], otherSize: sizes[1] })
    }
  },
)

const hard = sharedData('neardup/cnsd_sts_dev.txt')
test.skipIf(hard === undefined)(
  '[F076] sentences that share words and mean something else are too short to be held against each other (skipped without the shared data)',
  async () => {
    const lines = readFileSync(hard ?? '', 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('||'))
    const sentences = [
      ...new Set(
        lines
          .filter(([, , , score]) => Number(score) <= 2)
          .flatMap(([, one = '', other = '']) => [one, other]),
      ),
    ]
    const { version } = await putRecords(
      w,
      sentences.map((sentence, at) => record(10_000 + at, sentence, '', party('云溪造句有限公司'))),
    )
    const scope = { kind: 'applicant', name: '云溪造句有限公司' } as const
    expect(
      await findNearPairs(
        w.analytics,
        { run: 'hard', version, scope, rules },
        sentences.length,
        async () => {},
      ),
    ).toEqual([])
  },
)

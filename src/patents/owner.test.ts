import { beforeAll, describe, expect, test } from 'vitest'
import { figure } from '#testing/figures.ts'
import { world } from '#testing/world.ts'
import { putRecords } from './corpus.store.ts'
import { PatentRecord } from './record.rules.ts'

const w = await world()
const today = '2026-11-22'
w.setToday(today)
const officer = w.as('officer')
const visitor = w.as('visitor')

const record = (index: number, name: string, inventors: string[] = []) =>
  PatentRecord.parse({
    publicationNumber: `CN1${String(20_000_000 + index)}A`,
    office: 'CN',
    titles: { zh: `第${index}件` },
    filedOn: '2020-01-01',
    applicants: [{ name, country: 'CN' }],
    inventors,
    source: {
      run: 'r',
      file: 'f',
      line: index + 1,
      format: 'test',
      observedOn: today,
      seenAt: '2026-11-22T04:00:00Z',
    },
  })

const filed = (from: number, name: string, count: number, inventors?: string[]) =>
  Array.from({ length: count }, (_, index) => record(from + index, name, inventors))

const ownerNamed = async (name: string) => {
  const { id } = (await visitor.get(`/api/v1/owners/named?${new URLSearchParams({ name }).toString()}`)).body
  return (await visitor.get(`/api/v1/owners/${id}`)).body
}
const listed = async (owner: string) =>
  (await visitor.get(`/api/v1/patents/landscape/documents?${new URLSearchParams({ owner }).toString()}`)).body
    .total
const counted = async () => (await figure(w, 'patent-owners', today)).value

beforeAll(async () => {
  for (const body of [
    {
      name: '明日电力股份有限公司',
      nameEn: 'Tomorrow Power Co., Ltd.',
      industryCode: 'D44',
      source: '登记簿',
    },
    { name: '双生科技有限公司', source: '登记簿一' },
    { name: '双生科技有限公司', source: '登记簿二', country: 'SG' },
  ])
    expect((await officer.post('/api/v1/parties', body)).status).toBe(201)
  await putRecords(w.context(), [
    ...filed(0, '明日电力股份有限公司', 5),
    ...filed(10, '明日电力股份有限公司 ', 1),
    ...filed(20, 'TOMORROW POWER COMPANY LIMITED', 3),
    ...filed(30, '某某科技有限公司', 4, ['甲一', '乙二', '丙三']),
    ...filed(40, '某某科技有限责任公司', 2, ['甲一', '乙二']),
    ...filed(50, '江南工业大学', 6, ['丁四']),
    ...filed(60, '江南工业学院', 2, ['丁四']),
    ...filed(70, '双生科技有限公司', 2),
    ...filed(80, '王伟', 2),
    ...filed(90, '无名厂', 1),
  ])
  expect((await officer.post('/api/v1/owners/reading')).body).toMatchObject({
    version: 1,
    names: 10,
    owners: 7,
    matched: 1,
    unmatched: 4,
    ambiguous: 1,
    people: 1,
    questions: 1,
  })
})

describe('[F059] [S134] owners', () => {
  test('every name that was joined shows by which rule and on what evidence', async () => {
    const owner = await ownerNamed('明日电力股份有限公司')
    expect(owner).toMatchObject({ match: 'matched', matchBasis: 'name', documents: 9, names: 3 })
    expect(owner.members.map(({ rule, basis }: any) => [rule, basis])).toEqual([
      ['own', 'own'],
      ['translation', 'alias'],
      ['writing', 'rule'],
    ])
    const forms = await ownerNamed('某某科技有限责任公司')
    expect(forms.members[1]).toMatchObject({
      rule: 'legal-form',
      evidence: { inventors: ['乙二', '甲一'], inCommon: 2, needed: 2 },
    })
    expect(await listed(owner.id)).toBe(9)
  })

  test('a wrong join is split: both pages, both lists and the indicator adjust at once, and undoing it puts all back', async () => {
    const before = await ownerNamed('某某科技有限公司')
    const number = await counted()
    const split = await officer.post(`/api/v1/owners/${before.id}/split`, {
      version: before.version,
      names: ['某某科技有限责任公司'],
      reason: '两家公司',
    })
    expect(split.status).toBe(201)
    const { ownerId, decisionId } = split.body
    expect(await counted()).toBe((number ?? 0) + 1)
    expect((await ownerNamed('某某科技有限公司')).documents).toBe(4)
    const parted = await ownerNamed('某某科技有限责任公司')
    expect(parted).toMatchObject({ id: ownerId, documents: 2, names: 1 })
    expect([await listed('某某科技有限公司'), await listed(ownerId)]).toEqual([4, 2])
    expect(parted.decisions).toMatchObject([
      { kind: 'split', reason: '两家公司', names: ['某某科技有限责任公司'] },
    ])

    expect((await officer.post('/api/v1/owners/reading')).body.owners).toBe(8)
    expect((await ownerNamed('某某科技有限责任公司')).id).toBe(ownerId)

    expect(
      (await officer.post(`/api/v1/owners/decisions/${decisionId}/undo`, { reason: '同一家' })).status,
    ).toBe(200)
    expect(
      (await officer.post(`/api/v1/owners/decisions/${decisionId}/undo`, { reason: '再来' })).body.code,
    ).toBe('ALREADY_UNDONE')
    expect(await counted()).toBe(number)
    const after = await ownerNamed('某某科技有限责任公司')
    expect(after).toMatchObject({ id: before.id, documents: 6, names: 2 })
    expect(after.members[1].rule).toBe('legal-form')
    expect(await listed(before.id)).toBe(6)
    expect((await visitor.get(`/api/v1/owners/${ownerId}`)).body.dissolvedOn).toBe(today)
  })

  test('what is not certain is asked, and the answer holds against every later reading', async () => {
    const { items } = (await visitor.get('/api/v1/owners/questions')).body
    expect(items).toMatchObject([{ rule: 'university-college', evidence: { inCommon: 1, needed: 3 } }])
    const answer = await officer.post(`/api/v1/owners/questions/${items[0].id}/answer`, {
      answer: 'joined',
      reason: '更名公告',
    })
    expect(answer.status).toBe(200)
    expect(await ownerNamed('江南工业学院')).toMatchObject({ documents: 8, names: 2 })
    await officer.post('/api/v1/owners/reading')
    expect(await ownerNamed('江南工业学院')).toMatchObject({ documents: 8, names: 2 })
    expect(
      (
        await officer.post(`/api/v1/owners/questions/${items[0].id}/answer`, {
          answer: 'apart',
          reason: '不是',
        })
      ).body.code,
    ).toBe('UNKNOWN_QUESTION')
  })

  test('a decision on what somebody else has changed meanwhile, or on a stranger, is refused', async () => {
    const { id, version } = await ownerNamed('明日电力股份有限公司')
    const split = (body: object) =>
      officer.post(`/api/v1/owners/${id}/split`, { version, reason: '原因', ...body })
    expect((await split({ names: ['无名厂'] })).body.code).toBe('NOT_ITS_NAME')
    expect((await split({ names: ['TOMORROW POWER COMPANY LIMITED'], version: version + 1 })).body.code).toBe(
      'CHANGED',
    )
    const all = (await ownerNamed('明日电力股份有限公司')).members.map(({ name }: any) => name)
    expect((await split({ names: all })).body.code).toBe('NOTHING_LEFT')
    const person = await ownerNamed('王伟')
    expect(
      (await officer.post(`/api/v1/owners/${id}/merge`, { version, otherId: person.id, reason: '原因' })).body
        .code,
    ).toBe('PEOPLE_STAY_APART')
    expect(
      (await officer.post(`/api/v1/owners/${id}/merge`, { version, otherId: id, reason: '原因' })).body.code,
    ).toBe('SAME_OWNER')
    for (const who of ['visitor', 'statistician', 'enterprise'] as const)
      expect(
        (await w.as(who).post(`/api/v1/owners/${id}/split`, { version, names: all, reason: '原因' })).status,
      ).toBe(who === 'visitor' ? 401 : 403)
  })
})

describe('[F064] joins with the register of organisations', () => {
  test('[S18] [S134] after a reading the counts of matched, unmatched and ambiguous equal the lists behind them', async () => {
    const joins = (await visitor.get('/api/v1/owners/joins')).body
    for (const { match, owners } of joins.matches) {
      const list = (await visitor.get(`/api/v1/owners?match=${match}&limit=200`)).body
      expect([match, list.total, list.items.length]).toEqual([match, owners, owners])
    }
    expect(joins.industries).toEqual([{ section: 'D', owners: 1, documents: 9 }])
    for (const { section, owners, documents } of joins.industries) {
      const list = (await visitor.get(`/api/v1/owners?section=${section ?? '-'}&limit=200`)).body
      expect([section, list.total]).toEqual([section, owners])
      expect(list.items.reduce((sum: number, item: any) => sum + item.documents, 0)).toBe(documents)
    }
    expect((await visitor.get('/api/v1/owners?section=-')).body.total).toBe(0)
    expect((await visitor.get('/api/v1/owners?section=Z')).status).toBe(400)
    expect(joins.matches.map(({ match }: any) => match).sort()).toEqual([
      'ambiguous',
      'matched',
      'person',
      'unmatched',
    ])
    expect(joins.reading.counts.names).toBe(10)
  })

  test('an ambiguous owner shows who bears its name, and an officer says which it is', async () => {
    const owner = await ownerNamed('双生科技有限公司')
    expect(owner.match).toBe('ambiguous')
    expect(owner.candidates).toHaveLength(2)
    const match = (partyId: string | null) =>
      officer.post(`/api/v1/owners/${owner.id}/match`, {
        version: owner.version,
        partyId,
        reason: '地址一致',
      })
    expect((await match('00000000-0000-7000-8000-000000000000')).body.code).toBe('UNKNOWN_PARTY')
    expect((await match(owner.candidates[0].id)).body).toMatchObject({
      match: 'matched',
      matchBasis: 'officer',
    })
    await officer.post('/api/v1/owners/reading')
    expect(await ownerNamed('双生科技有限公司')).toMatchObject({
      match: 'matched',
      partyId: owner.candidates[0].id,
    })
  })
})

import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { figure } from '#testing/figures.ts'
import { plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import {
  adoptionOf,
  centreObstacle,
  type Outcome,
  OUTCOME_KINDS,
  outcomeObstacle,
} from './navigation.rules.ts'

const w = await world()
w.setToday('2026-11-22')
const today = '2026-11-22'
const officer = w.as('officer')
const visitor = w.as('visitor')
let firm = ''

beforeAll(async () => {
  firm = (await plantFirms(w.db, 1))[0] ?? ''
})

const outcome = (kind: Outcome['kind'], happenedOn = today): Outcome => ({ kind, happenedOn })

describe('[F062] what became of a recommendation', () => {
  test.each([
    [[], 'open'],
    [['adopted'], 'adopted'],
    [['adopted', 'result'], 'adopted'],
    [['rejected', 'adopted', 'result', 'partly-adopted'], 'partly-adopted'],
  ] as const)('%j stands as %s', (kinds, standing) => {
    expect(adoptionOf(kinds.map((kind) => outcome(kind)))).toBe(standing)
  })

  test.each([
    [[], 'result', today, 'NOT_ADOPTED'],
    [['rejected'], 'result', today, 'NOT_ADOPTED'],
    [['adopted'], 'result', today, undefined],
    [['adopted'], 'adopted', today, 'SAME_DECISION'],
    [['adopted'], 'rejected', today, undefined],
    [[], 'adopted', '2026-01-01', 'BEFORE_REPORT'],
  ] as const)('after %j, %s on %s: %s', (kinds, next, on, obstacle) => {
    expect(
      outcomeObstacle(
        kinds.map((kind) => outcome(kind)),
        outcome(next, on),
        '2026-02-01',
      ),
    ).toBe(obstacle)
  })

  test('a later result never changes what was decided', () => {
    const kinds = fc.array(fc.constantFrom(...OUTCOME_KINDS))
    fc.assert(
      fc.property(kinds, (list) => {
        const outcomes = list.map((kind) => outcome(kind))
        expect(adoptionOf([...outcomes, outcome('result')])).toBe(adoptionOf(outcomes))
      }),
    )
  })

  test.each([
    ['renewed', '2030-01-01', '2027-01-01', undefined],
    ['renewed', '2027-01-01', '2027-01-01', 'NOT_LONGER'],
    ['renewed', null, null, 'NOT_LONGER'],
    ['ended', '2023-01-01', null, 'ENDS_BEFORE_IT_BEGINS'],
    ['ended', today, '2026-01-01', 'ALREADY_ENDED'],
    ['ended', today, null, undefined],
  ] as const)('a centre %s to %s, ending %s now: %s', (kind, endsOn, current, obstacle) => {
    expect(centreObstacle({ approvedOn: '2024-01-01', endsOn: current }, { kind, endsOn, today })).toBe(
      obstacle,
    )
  })
})

const project = (code: string, more: object = {}) => ({
  code,
  title: '智能电网专利导航',
  kind: 'industry',
  startedOn: '2026-01-10',
  source: '立项文件',
  ...more,
})

test('[F062] [S41] a recommendation is followed from its report to adoption, rejection and a later result', async () => {
  const [industry] = w.zone.industryPatents[0]?.industries ?? []
  expect(
    (
      await officer.post(
        '/api/v1/navigation/projects',
        project('DH-1', { clientId: firm, industry: industry?.industry }),
      )
    ).status,
  ).toBe(201)
  const added = await officer.post('/api/v1/navigation/projects/DH-1/reports', {
    title: '总报告',
    publishedOn: '2026-06-01',
    summary: '三项结论',
    source: '报告',
    recommendations: [
      { words: '引进微电网企业', addressee: '园区' },
      { words: '收购海外专利', addressee: '运营中心' },
    ],
  })
  expect(added.status).toBe(201)
  const [first, second] = added.body.reportList[0].recommendations
  const record = (id: string, kind: string, happenedOn = today) =>
    officer.post(`/api/v1/navigation/recommendations/${id}/outcomes`, {
      kind,
      words: '会议纪要',
      decidedBy: '园区管委会',
      happenedOn,
    })
  expect((await record(first.id, 'result')).body.code).toBe('NOT_ADOPTED')
  expect((await record(first.id, 'adopted', '2026-05-31')).body.code).toBe('BEFORE_REPORT')
  expect((await record(first.id, 'adopted', '2026-11-23')).body.code).toBe('DAY_AHEAD')
  expect((await record(first.id, 'adopted')).status).toBe(201)
  expect((await record(first.id, 'adopted')).body.code).toBe('SAME_DECISION')
  expect((await record(first.id, 'result')).status).toBe(201)
  expect((await record(second.id, 'rejected')).status).toBe(201)

  const seen = (await visitor.get('/api/v1/navigation/projects/DH-1')).body
  expect(seen.recommendations).toEqual({ open: 0, adopted: 1, 'partly-adopted': 0, rejected: 1 })
  expect(seen.reportList[0].recommendations.map((one: any) => [one.adoption, one.outcomes.length])).toEqual([
    ['adopted', 2],
    ['rejected', 1],
  ])
  const list = async (search: string) => (await visitor.get(`/api/v1/navigation/projects${search}`)).body
  expect((await list('?adoption=rejected')).items.map(({ code }: any) => code)).toEqual(['DH-1'])
  expect(await list('?adoption=open')).toMatchObject({ total: 0, recommendations: { adopted: 0 } })
  expect((await list('?cursor=2026-02-31_X1')).code).toBe('INVALID_CURSOR')
})

test('[F062] what does not exist, is ahead or comes twice is refused', async () => {
  const open = async (more: object) =>
    (await officer.post('/api/v1/navigation/projects', project('DH-9', more))).body.code
  expect(await open({ baseCode: 'NB404' })).toBe('UNKNOWN_BASE')
  expect(await open({ industry: 'whaling' })).toBe('UNKNOWN_INDUSTRY')
  expect(await open({ clientId: '00000000-0000-7000-8000-000000000000' })).toBe('UNKNOWN_PARTY')
  expect(await open({ startedOn: '2026-12-01' })).toBe('DAY_AHEAD')
  expect(await open({ finishedOn: '2026-01-01' })).toBe('ENDS_BEFORE_IT_BEGINS')
  expect(await open({ code: 'DH-1' })).toBe('CODE_TAKEN')
  expect((await visitor.get('/api/v1/navigation/projects/NONE')).body.code).toBe('UNKNOWN_PROJECT')
})

test('[F062] [S41] a base counts with its approval only, and the approval can be read by anybody', async () => {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    code: 'NB-7',
    name: '导航基地',
    level: 'national',
    recognisedOn: '2026-03-01',
    source: '公告',
  }))
    form.set(name, value)
  form.set('evidence', new File(['批准文件'], '批复.pdf'))
  const request = new Request('http://zone.test/api/v1/navigation/bases', {
    method: 'POST',
    body: form,
    headers: {
      origin: 'http://zone.test',
      authorization: 'test',
      'x-test-actor': encodeURIComponent(
        JSON.stringify(
          w.context({
            kind: 'account',
            accountId: firm,
            name: 'o',
            roles: ['officer'],
            organisationIds: [],
            secondFactor: 'verified',
          }).actor,
        ),
      ),
    },
  })
  expect((await w.fetch(request)).status).toBe(201)
  const bare = {
    code: 'NB-8',
    name: '另一基地',
    level: 'national',
    recognisedOn: '2026-03-01',
    source: '公告',
  }
  expect((await officer.post('/api/v1/navigation/bases', bare)).status).toBe(201)
  const { body } = await visitor.get('/api/v1/navigation/bases')
  expect(body).toMatchObject({ total: 2, counted: 1 })
  expect((await figure(w, 'navigation-bases', today)).value).toBe(1)
  const hash = body.items.find(({ code }: any) => code === 'NB-7').evidenceHash
  expect((await visitor.get(`/api/v1/navigation/documents/${hash}`)).status).toBe(200)
  expect((await visitor.get(`/api/v1/navigation/documents/${'0'.repeat(64)}`)).body.code).toBe(
    'UNKNOWN_DOCUMENT',
  )
})

test('[F062] [S45] a centre is registered, renewed and ended with reasons, and the goal follows on the day', async () => {
  const counted = async () => (await figure(w, 'cultivation-centres', today)).value
  const centre = {
    code: 'CC-1',
    name: '培育中心',
    leadId: firm,
    approvedOn: '2024-01-01',
    endsOn: '2026-11-22',
    reason: '首批',
    source: '公告',
  }
  expect((await officer.post('/api/v1/navigation/centres', centre)).status).toBe(201)
  expect(await counted()).toBe(0)
  const change = (body: object) => officer.post('/api/v1/navigation/centres/CC-1/term', body)
  expect((await change({ kind: 'renewed', endsOn: '2026-11-22', reason: '续期' })).body.code).toBe(
    'NOT_LONGER',
  )
  expect((await change({ kind: 'renewed', endsOn: '2028-01-01', reason: '续期' })).status).toBe(200)
  expect(await counted()).toBe(1)
  expect((await change({ kind: 'ended', reason: '验收未通过' })).body).toMatchObject({
    inForce: false,
    endsOn: today,
  })
  expect(await counted()).toBe(0)
  expect((await change({ kind: 'ended', reason: '再次' })).body.code).toBe('ALREADY_ENDED')
  const seen = (await visitor.get('/api/v1/navigation/centres/CC-1')).body
  expect(seen.events.map(({ kind }: any) => kind)).toEqual(['ended', 'renewed', 'registered'])
  expect((await visitor.get('/api/v1/navigation/centres?state=ended')).body).toMatchObject({
    total: 1,
    inForce: 0,
    ended: 1,
  })
})

test('[F062] only officers and the operations centre write these registers', async () => {
  for (const who of ['visitor', 'agency', 'statistician'] as const) {
    const answer = await w.as(who).post('/api/v1/navigation/projects', project('DH-8'))
    expect([who, answer.status]).toEqual([who, who === 'visitor' ? 401 : 403])
  }
})

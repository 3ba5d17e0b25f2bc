import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { actorFor, world } from '#testing/world.ts'
import { patentNumber } from '../scenarios/twin/codes.ts'
import {
  type CloudFacts,
  gradeOf,
  moveObstacle,
  movesFrom,
  PUBLIC_STAGES,
  STAGE_NAMES,
} from './cloud.rules.ts'

const w = await world()
const today = '2026-11-22'
w.setToday(today)
const [rules] = w.zone.grading
const industries = w.zone.industryPatents[0]?.industries ?? []
const prefix = industries[0]?.ipc[0] ?? ''
let university = ''
let other = ''
const insider = () => w.as({ roles: ['university'], organisationIds: [university] })

const facts: CloudFacts = {
  right: 'invention',
  legalStatus: 'in-force',
  filedOn: '2020-06-01',
  ipc: [`${prefix}3/00`],
  familySize: 3,
  timesCited: 5,
  claims: 10,
  used: true,
}
const grade = (more: Partial<CloudFacts>, on = today) =>
  gradeOf({ ...facts, ...more }, rules!, { on, industries })

describe('[F042] [S125] the grade of a patent by the stated rule', () => {
  test('everything earned is the highest grade, nothing known the lowest, and each line says what it earned', () => {
    expect(grade({})).toMatchObject({ grade: 'A', points: 100 })
    const unknown = {
      right: null,
      legalStatus: null,
      filedOn: null,
      ipc: [],
      familySize: null,
      timesCited: null,
      claims: null,
      used: null,
    }
    expect(grade(unknown)).toMatchObject({ grade: 'D', points: 0 })
    expect(grade(unknown).lines.every(({ value, earned }) => value === null && earned === 0)).toBe(true)
  })

  test.each([
    ['invention', '2014-11-22', 8],
    ['invention', '2014-11-21', 7],
    ['utility-model', '2020-11-22', 4],
    ['design', '2020-11-22', 9],
    ['invention', '2001-01-01', 0],
  ] as const)('a %s filed on %s has %i years left', (right, filedOn, years) => {
    const { lines } = grade({ right, filedOn })
    expect(lines.find(({ fact }) => fact === 'yearsLeft')?.value).toBe(years)
  })

  test('points are the sum of the lines, and more of a fact never earns less', () => {
    const count = fc.integer({ min: 0, max: 50 })
    fc.assert(
      fc.property(count, count, count, (family, cited, more) => {
        const one = grade({ familySize: family, timesCited: cited })
        const richer = grade({ familySize: family + more, timesCited: cited + more })
        expect(one.points).toBe(one.lines.reduce((sum, { earned }) => sum + earned, 0))
        expect(richer.points).toBeGreaterThanOrEqual(one.points)
      }),
    )
  })
})

test('[F042] [S126] no stage is skipped, every stage is reached, and what has ended is not shown or traded', () => {
  const reached = new Set(['manage'])
  for (const stage of STAGE_NAMES) for (const next of movesFrom(stage)) reached.add(next)
  expect([...reached].toSorted()).toEqual([...STAGE_NAMES].toSorted())
  expect(moveObstacle('manage', 'trade', true)).toBe('NOT_NEXT')
  expect(moveObstacle('process', 'show', false)).toBe('RIGHT_ENDED')
  expect(moveObstacle('process', 'show', null)).toBeUndefined()
  expect(moveObstacle('trade', 'serve', false)).toBeUndefined()
})

const STATUSES = ['有效', '审中', '失效', '']
const numberOf = (index: number) =>
  patentNumber(2012 + (index % 12), index % 4 === 0 ? 2 : 1, 500_000 + index).replace('ZL', '')
const csv = (count: number) =>
  [
    '申请号,专利名称,IPC分类号,申请日,法律状态,课题组,被引次数',
    ...Array.from({ length: count }, (_, index) =>
      [
        numberOf(index),
        `一种第${index}号装置`,
        `${prefix}3/00`,
        `${2012 + (index % 12)}-05-06`,
        STATUSES[index % 4],
        `第${index % 9}组`,
        index % 7,
      ].join(','),
    ),
    '2.01E+12,毁坏的号码,,,,,',
    `${numberOf(3).replace(/.$/, (digit) => (digit === '1' ? '2' : '1'))},校验位错,,,,,`,
  ].join('\r\n')

async function bring(who: Parameters<typeof actorFor>[0], id: string, content: string, name = '盘点.csv') {
  const form = new FormData()
  form.set('file', new File([content], name, { type: 'text/csv' }))
  const response = await w.fetch(
    new Request(`http://zone.test/api/v1/university-cloud/universities/${id}/inventory`, {
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

const cloud = async (caller = insider(), search = '') =>
  (await caller.get(`/api/v1/university-cloud${search}`)).body
const idsOf = async (search: string, limit = 200) =>
  (await cloud(insider(), `/patents?limit=${limit}${search}`)).items.map(({ id }: any) => id as string)

beforeAll(async () => {
  const plant = async (name: string) =>
    (await w.as('officer').post('/api/v1/parties', { name, source: '登记簿' })).body.id as string
  university = await plant('湖滨大学')
  other = await plant('山城大学')
})

test('[F042] [S125] a thousand patents are taken in, counts per stage add up, and each stage opens its list', async () => {
  const who = { roles: ['university' as const], organisationIds: [university] }
  const taken = await bring(who, university, csv(1000))
  expect(taken.body).toMatchObject({ rows: 1002, accepted: 1000, refused: 2 })
  expect(taken.body.refusals.map(({ value }: any) => value)).toContain('2.01E+12')
  expect((await bring(who, university, csv(1000))).body).toMatchObject({
    accepted: 0,
    updated: 0,
    unchanged: 1000,
  })

  const move = (ids: readonly string[], to: string) =>
    insider().post('/api/v1/university-cloud/moves', { ids, to, reason: '分级后推进' })
  expect((await move(await idsOf('', 200), 'process')).body).toEqual({ moved: 200 })
  const inForce = (await cloud(insider(), '/patents?stage=process&limit=200')).items.filter(
    ({ grade: of }: any) => of < 'C',
  )
  expect(
    (
      await move(
        inForce.map(({ id }: any) => id),
        'show',
      )
    ).body.moved,
  ).toBe(inForce.length)
  expect((await move(await idsOf('&stage=show', 20), 'trade')).body.moved).toBe(20)
  expect((await move(await idsOf('&stage=trade', 5), 'serve')).body.moved).toBe(5)

  const counted = await cloud()
  const stages = Object.entries<number>(counted.stages)
  expect(stages.reduce((sum, [, count]) => sum + count, 0)).toBe(1000)
  for (const [stage, count] of stages) {
    const seen = new Set<string>()
    let cursor: string | null = ''
    do {
      const page: any = await cloud(
        insider(),
        `/patents?stage=${stage}&limit=200${cursor ? `&cursor=${cursor}` : ''}`,
      )
      expect(page.total).toBe(count)
      for (const { id, stage: of } of page.items) {
        expect(of).toBe(stage)
        seen.add(id)
      }
      cursor = page.next
    } while (cursor)
    expect([stage, seen.size]).toEqual([stage, count])
  }
})

test('[F042] [S126] each patent says who moved it and why; a visitor sees what is shown and no names', async () => {
  const [id = ''] = await idsOf('&stage=serve', 1)
  const mine = (await insider().get(`/api/v1/university-cloud/patents/${id}`)).body
  expect(mine.moves.map(({ from, to }: any) => [from, to])).toEqual([
    ['trade', 'serve'],
    ['show', 'trade'],
    ['process', 'show'],
    ['manage', 'process'],
    [null, 'manage'],
  ])
  expect(mine.moves[0]).toMatchObject({
    reason: '分级后推进',
    by: 'university',
    for: 'university',
    movedOn: today,
  })
  expect(mine).toMatchObject({ mayMove: true, next: ['show', 'trade'], rules: { sample: true } })
  expect(mine.lines.reduce((sum: number, { earned }: any) => sum + earned, 0)).toBe(mine.points)

  const visitor = w.as('visitor')
  const seen = (await visitor.get(`/api/v1/university-cloud/patents/${id}`)).body
  expect(seen).toMatchObject({ mayMove: false })
  expect(seen.moves.every(({ by }: any) => by === null)).toBe(true)
  const [inner = ''] = await idsOf('&stage=manage', 1)
  expect((await visitor.get(`/api/v1/university-cloud/patents/${inner}`)).body.code).toBe('UNKNOWN_PATENT')
  const counted = await cloud(visitor)
  expect(counted.stages).toMatchObject({ manage: null, process: null })
  expect(counted.total).toBe(PUBLIC_STAGES.reduce((sum, stage) => sum + counted.stages[stage], 0))
  expect((await visitor.get('/api/v1/university-cloud/patents?stage=manage')).body.code).toBe(
    'STAGE_NOT_PUBLIC',
  )
})

test('[F042] a stage is not skipped, ended rights are not shown, and another university keeps its hands off', async () => {
  const [id = ''] = await idsOf('&stage=manage', 1)
  const move = (who: Parameters<typeof w.as>[0], ids: readonly string[], to: string) =>
    w.as(who).post('/api/v1/university-cloud/moves', { ids, to, reason: '原因' })
  const mine = { roles: ['university' as const], organisationIds: [university] }
  expect((await move(mine, [id], 'trade')).body.code).toBe('NOT_NEXT')
  expect((await move({ roles: ['university'], organisationIds: [other] }, [id], 'process')).body.code).toBe(
    'NOT_YOUR_ORGANISATION',
  )
  expect((await move('enterprise', [id], 'process')).status).toBe(403)
  expect((await move('visitor', [id], 'process')).status).toBe(401)
  const before = await cloud()
  expect((await move(mine, [id, '00000000-0000-7000-8000-000000000000'], 'process')).body.code).toBe(
    'UNKNOWN_PATENT',
  )
  expect(await cloud()).toEqual(before)
  const items = (await cloud(insider(), '/patents?stage=process&limit=200')).items
  const details = await Promise.all(
    items.slice(0, 40).map(({ id: one }: any) => insider().get(`/api/v1/university-cloud/patents/${one}`)),
  )
  const ended = details.find(
    ({ body }) =>
      body.lines.find(({ fact }: any) => fact === 'inForce')?.value === 0 &&
      body.lines.find(({ fact }: any) => fact === 'yearsLeft')?.value === 0,
  )
  if (ended !== undefined) expect((await move(mine, [ended.body.id], 'show')).body.code).toBe('RIGHT_ENDED')
  expect(
    (await bring({ roles: ['university'], organisationIds: [other] }, university, csv(1))).body.code,
  ).toBe('NOT_YOUR_ORGANISATION')
  expect((await bring('officer', university, 'a,b\r\n1,2')).body.code).toBe('UNREADABLE_FILE')
})

test('[F042] the team of a patent is set once it was looked at', async () => {
  const [id = ''] = await idsOf('&stage=show', 1)
  const { version } = (await insider().get(`/api/v1/university-cloud/patents/${id}`)).body
  const set = (at: number) =>
    insider().post(`/api/v1/university-cloud/patents/${id}/team`, { version: at, team: '能源团队' })
  expect((await set(version)).body).toMatchObject({ team: '能源团队' })
  expect((await set(version)).body.code).toBe('CHANGED')
})

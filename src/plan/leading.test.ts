import { beforeAll, describe, expect, test } from 'vitest'
import { type As, world, type World } from '#testing/world.ts'
import { approvedPlan, handTo, seatIn } from '#testing/annual-plan.ts'

let w: World
let office: { seatId: string; as: As }
let market: { seatId: string; as: As }

beforeAll(async () => {
  w = await world()
  w.setToday('2026-03-02')
  office = await seatIn(w, 'ip-office', '周牵头')
  market = await seatIn(w, 'market-supervision', '王市监')
})

async function meetingWith(item: object = {}) {
  const officer = w.as('officer')
  const called = await officer.post('/api/v1/leading-group/meetings', {
    body: 'leading-group',
    title: '第一次全体会议',
    heldOn: '2026-03-02',
    place: '会议室',
    chair: '组长',
  })
  const added = await officer.post(`/api/v1/leading-group/meetings/${called.body.id}/agenda`, {
    title: '审议年度计划',
    unit: 'ip-office',
    ...item,
  })
  return {
    id: called.body.id as string,
    number: called.body.number as number,
    itemId: added.body.id as string,
  }
}

const hold = (id: string) =>
  w.as('officer').post(`/api/v1/leading-group/meetings/${id}/minutes`, {
    version: 1,
    attendees: ['组长', '副组长'],
    minutes: '会议审议通过。',
  })

const decide = (id: string, agendaItemId: string, body: object = {}) =>
  w.as('officer').post(`/api/v1/leading-group/meetings/${id}/decisions`, {
    agendaItemId,
    words: '由区知识产权局牵头建设大厦。',
    public: true,
    ...body,
  })

describe('[F089] [S186] agenda, decision, task, result', () => {
  test('a decision opens to its tasks, late first, and to their results', async () => {
    const { id, itemId } = await meetingWith()
    expect((await decide(id, itemId)).body.code).toBe('NOT_HELD')
    expect((await hold(id)).status).toBe(200)
    expect((await decide(id, itemId, { dueOn: '2026-03-01' })).body.code).toBe('DUE_BEFORE_DECIDED')
    const { body: decided } = await decide(id, itemId, { dueOn: '2026-12-31' })
    const path = `/api/v1/leading-group/decisions/${decided.number}`
    expect((await w.as('visitor').get(path)).body).toMatchObject({ followUp: 'untasked', carriedOutBy: [] })

    const codes = await approvedPlan(w, 2026, [
      { title: '按期之事', decision: decided.number, dueOn: '2026-11-30' },
      { title: '逾期之事', decision: decided.number, dueOn: '2026-03-31' },
    ])
    await handTo(w, codes[1] ?? '', office.seatId)
    await w.as('officer').post(`/api/v1/plan/tasks/${codes[1]}/start`, { version: 1 })
    w.setToday('2026-05-01')
    const seen = (await w.as('visitor').get(path)).body
    expect(seen).toMatchObject({ followUp: 'late', tasks: 2, late: 2, done: 0, meeting: { number: 1 } })
    expect(seen.carriedOutBy.map((one: any) => [one.title, one.standing])).toEqual([
      ['逾期之事', 'late'],
      ['按期之事', 'startLate'],
    ])
    const list = (await w.as('visitor').get('/api/v1/leading-group/decisions')).body
    expect(list).toMatchObject({ total: 1, items: [{ number: decided.number, late: 2 }] })
    w.setToday('2026-03-02')
  })

  test('what is not public is for public offices alone, and a meeting is held once', async () => {
    const { id, itemId, number } = await meetingWith()
    expect(number).toBe(2)
    await hold(id)
    expect((await hold(id)).body.code).toBe('ALREADY_HELD')
    const { body } = await decide(id, itemId, { public: false })
    expect((await w.as('visitor').get(`/api/v1/leading-group/decisions/${body.number}`)).status).toBe(404)
    expect((await w.as('auditor').get(`/api/v1/leading-group/decisions/${body.number}`)).status).toBe(200)
    const meeting = (await w.as('leader').get(`/api/v1/leading-group/meetings/${id}`)).body
    expect(meeting).toMatchObject({ state: 'held', agenda: [{ decisions: [body.number] }] })
    expect((await w.as('visitor').get('/api/v1/leading-group/meetings')).status).toBe(401)
    expect((await w.as('operator').post('/api/v1/leading-group/meetings', {})).status).toBe(403)
  })

  test('[S190] the zone stands on the agenda of the bodies above, each counting its own meetings', async () => {
    const called = await w.as('officer').post('/api/v1/leading-group/meetings', {
      body: 'district-leadership',
      title: '常务会议',
      heldOn: '2026-04-01',
      place: '会议室',
      chair: '区长',
    })
    expect(called.body.number).toBe(1)
    const early = await w.as('officer').post(`/api/v1/leading-group/meetings/${called.body.id}/agenda`, {
      title: '听取汇报',
      unit: 'ip-office',
    })
    expect(early.status).toBe(201)
    expect((await hold(called.body.id)).body).toMatchObject({
      code: 'DAY_AHEAD',
      data: { today: '2026-03-02' },
    })
    const nobody = await w.as('officer').post('/api/v1/leading-group/meetings', {
      body: 'moon',
      title: '会议',
      heldOn: '2026-04-01',
      place: 'x',
      chair: 'x',
    })
    expect(nobody.body.code).toBe('UNKNOWN_BODY')
  })
})

describe('[F089] [S188] issues between departments', () => {
  const issue = async (number: number) =>
    (await w.as('officer').get('/api/v1/plan/issues')).body.items.find((one: any) => one.number === number)

  test('raised by one unit, answered by the other, closed by the first; late is computed', async () => {
    const ask = {
      title: '数据共享',
      detail: '请提供登记数据。',
      raisedUnit: 'ip-office',
      ownerUnit: 'market-supervision',
      dueOn: '2026-03-20',
    }
    expect((await w.as(market.as).post('/api/v1/plan/issues', ask)).body.code).toBe('NOT_YOUR_UNIT')
    const { body } = await w.as(office.as).post('/api/v1/plan/issues', ask)
    const path = `/api/v1/plan/issues/${body.number}`
    w.setToday('2026-03-25')
    expect(await issue(body.number)).toMatchObject({ followUp: 'late', daysLate: 5 })
    expect((await w.as(office.as).post(`${path}/answer`, { version: 1, answer: '自问自答' })).body.code).toBe(
      'NOT_YOUR_UNIT',
    )
    expect(
      (await w.as(market.as).post(`${path}/answer`, { version: 1, answer: '已开通接口。' })).status,
    ).toBe(200)
    expect(await issue(body.number)).toMatchObject({ followUp: 'answeredLate' })
    const again = { version: 2, settlement: { kind: 'reopen', reason: '缺注销数据', dueOn: '2026-04-10' } }
    expect((await w.as(market.as).post(`${path}/settlement`, again)).body.code).toBe('NOT_YOUR_UNIT')
    expect((await w.as(office.as).post(`${path}/settlement`, again)).status).toBe(200)
    expect(await issue(body.number)).toMatchObject({ followUp: 'open', reopenedBecause: '缺注销数据' })
    expect((await w.as(market.as).post(`${path}/answer`, { version: 2, answer: '旧版' })).body.code).toBe(
      'CHANGED',
    )
    await w.as(market.as).post(`${path}/answer`, { version: 3, answer: '已补齐。' })
    await w.as(office.as).post(`${path}/settlement`, { version: 4, settlement: { kind: 'close' } })
    expect(await issue(body.number)).toMatchObject({ followUp: 'closed', closedOn: '2026-03-25' })
    w.setToday('2026-03-02')
  })

  test('goes onto an agenda and is decided there', async () => {
    const { body } = await w.as('officer').post('/api/v1/plan/issues', {
      title: '资金安排',
      detail: '需要统筹。',
      raisedUnit: 'ip-office',
      ownerUnit: 'finance-commerce',
      dueOn: '2026-05-01',
    })
    const { id, itemId } = await meetingWith({ issue: body.number })
    await hold(id)
    const { body: decided } = await decide(id, itemId)
    expect(await issue(body.number)).toMatchObject({ decisions: [decided.number] })
    expect(
      (await w.as('leader').get(`/api/v1/leading-group/decisions/${decided.number}`)).body.agendaItem.issue,
    ).toBe(body.number)
  })
})

test('[F089] [S190] guidance of the city is recorded, answered, and late when it is not', async () => {
  const officer = w.as('officer')
  const words = {
    department: '市知识产权局',
    subject: '试点验收',
    words: '请于四月底前报送自评。',
    receivedOn: '2026-03-01',
    dueOn: '2026-04-30',
  }
  expect((await w.as('leader').post('/api/v1/plan/guidance', words)).status).toBe(403)
  expect(
    (await officer.post('/api/v1/plan/guidance', { ...words, receivedOn: '2026-03-03' })).body.code,
  ).toBe('DAY_AHEAD')
  const { body } = await officer.post('/api/v1/plan/guidance', words)
  w.setToday('2026-05-02')
  const listed = (await w.as('auditor').get('/api/v1/plan/guidance?followUp=late')).body
  expect(listed).toMatchObject({ total: 1, items: [{ number: body.number, daysLate: 2 }] })
  const respond = { version: 1, response: '已报送自评。' }
  expect((await officer.post(`/api/v1/plan/guidance/${body.number}/response`, respond)).status).toBe(200)
  expect(
    (await officer.post(`/api/v1/plan/guidance/${body.number}/response`, { ...respond, version: 2 })).body
      .code,
  ).toBe('ALREADY_ANSWERED')
  w.setToday('2026-03-02')
})

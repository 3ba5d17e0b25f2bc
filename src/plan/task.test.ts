import { beforeAll, describe, expect, test } from 'vitest'
import { type As, type Answer, world, type World } from '#testing/world.ts'
import { tellOfLateTasks } from './jobs.ts'
import { approvedPlan, DRAFT, handTo, seatIn } from '#testing/annual-plan.ts'

let w: World
let codes: string[]
let lead: { seatId: string; as: As }
let park: { seatId: string; as: As }

beforeAll(async () => {
  w = await world()
  w.setToday('2026-03-02')
  lead = await seatIn(w, 'ip-office', '周牵头')
  park = await seatIn(w, 'gaoxinyuan', '吴园区')
  codes = await approvedPlan(w, 2026, [
    {},
    { title: '无主之事' },
    { title: '移期之事', dueOn: '2026-04-30' },
    { title: '接数之事', indicator: 'agencies', indicatorAtLeast: 1 },
    { title: '交接之事' },
  ])
})

const task = async (code: string, who: As = 'officer') =>
  (await w.as(who).get(`/api/v1/plan/tasks/${code}`)).body
const act = async (who: As, code: string, what: string, body: object = {}): Promise<Answer> => {
  const { version } = await task(code)
  return w.as(who).post(`/api/v1/plan/tasks/${code}/${what}`, { version, ...body })
}
const at = (index: number) => codes[index] ?? ''

async function prove(who: As, code: string, name = '说明.txt', content = '完成情况说明'): Promise<Answer> {
  const form = new FormData()
  form.set('title', '佐证材料')
  form.set('file', new File([content], name))
  const { actorFor } = await import('#testing/world.ts')
  const response = await w.fetch(
    new Request(`http://zone.test/api/v1/plan/tasks/${code}/evidence`, {
      method: 'POST',
      headers: {
        origin: 'http://zone.test',
        authorization: 'test',
        'x-test-actor': encodeURIComponent(JSON.stringify(actorFor(who))),
      },
      body: form,
    }),
  )
  return { status: response.status, headers: response.headers, body: await response.json() }
}

describe('[F088] [S197] starting a task', () => {
  test('without somebody who answers for it is refused with the clause and what is missing', async () => {
    const answer = await act('officer', at(1), 'start')
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({
      code: 'NOT_SETTLED',
      data: { missing: ['person'], clause: 'S197', words: '“时间、人员、目标”三落实' },
    })
    expect((await task(at(1))).state).toBe('planned')
  })

  test('works once the three are there, for who answers for it and for nobody else', async () => {
    await handTo(w, at(0), lead.seatId)
    expect((await act(park.as, at(0), 'start')).body.code).toBe('FORBIDDEN')
    const stale = await w.as(lead.as).post(`/api/v1/plan/tasks/${at(0)}/start`, { version: 99 })
    expect(stale.body).toMatchObject({ code: 'CHANGED', data: { version: 1 } })
    expect((await act(lead.as, at(0), 'start')).status).toBe(200)
    expect(await task(at(0))).toMatchObject({ state: 'active', startedOn: '2026-03-02', person: '周牵头' })
    expect((await act('officer', at(0), 'start')).body.code).toBe('WRONG_STATE')
  })

  test('two people at once: one wins, the other is told', async () => {
    await handTo(w, at(4), lead.seatId)
    const both = await Promise.all([
      w.as('officer').post(`/api/v1/plan/tasks/${at(4)}/start`, { version: 1 }),
      w.as(lead.as).post(`/api/v1/plan/tasks/${at(4)}/start`, { version: 1 }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('[F088] [S196] baseline and actual', () => {
  test('the baseline stays where it was after every change, and each change says who and why', async () => {
    const body = {
      startsOn: '2026-02-01',
      dueOn: '2026-07-31',
      target: DRAFT.target,
      reason: '上级文件推迟印发',
    }
    expect((await act('officer', at(2), 'changes', body)).status).toBe(200)
    expect((await act('officer', at(2), 'changes', body)).body.code).toBe('NOTHING_CHANGED')
    await act('leader', at(2), 'changes', { ...body, dueOn: '2026-08-31', reason: '再次推迟' })
    const seen = await task(at(2))
    expect(seen).toMatchObject({
      baseline: { startsOn: '2026-02-01', dueOn: '2026-04-30' },
      dueOn: '2026-08-31',
      moved: 2,
    })
    expect(
      seen.changes.map((one: any) => [one.changedBy, one.reason, one.before.dueOn, one.after.dueOn]),
    ).toEqual([
      ['leader', '再次推迟', '2026-07-31', '2026-08-31'],
      ['officer', '上级文件推迟印发', '2026-04-30', '2026-07-31'],
    ])
    expect(seen.baselines).toMatchObject([{ version: 1, dueOn: '2026-04-30' }])
  })

  test('what was promised is not reworked in silence, and a reason is owed', async () => {
    const { version } = await task(at(2))
    const edit = await w.as('officer').patch(`/api/v1/plan/tasks/${at(2)}`, { ...DRAFT, version })
    expect(edit.body.code).toBe('PROMISED')
    const silent = await act('officer', at(2), 'changes', {
      startsOn: '2026-02-01',
      dueOn: '2026-09-30',
      target: 'x',
    })
    expect(silent.status).toBe(400)
    expect((await act('operator', at(2), 'changes', {})).body.code).toBe('FORBIDDEN')
  })

  test('a new version adds its promise beside the first', async () => {
    const officer = w.as('officer')
    const [annual] = (await officer.get('/api/v1/plan/years')).body.items
    expect(annual.pending.map((one: any) => [one.code, one.kind])).toContainEqual([at(2), 'changed'])
    const again = await officer.post('/api/v1/plan/years/2026/versions', {
      version: annual.version,
      cause: '年中调整',
    })
    expect(again.body.number).toBe(2)
    const waiting = await officer.post('/api/v1/plan/years/2026/versions', {
      version: annual.version + 1,
      cause: '再交一次',
    })
    expect(waiting.body.code).toBe('WAITING')
    await w
      .as('leader')
      .post(`/api/v1/plan/versions/${again.body.id}/decision`, { approve: true, note: '同意调整' })
    const seen = await task(at(2))
    expect(seen.baselines.map((one: any) => one.dueOn)).toEqual(['2026-04-30', '2026-08-31'])
    expect(seen.baseline.dueOn).toBe('2026-04-30')
    const published = (await w.as('visitor').get('/api/v1/plan/versions/2026/2')).body
    expect(published.changes.find((one: any) => one.code === at(2))).toMatchObject({
      code: at(2),
      before: { dueOn: '2026-04-30' },
      after: { dueOn: '2026-08-31' },
    })
    expect(published.submittedBy).toBeNull()
  })
})

describe('[F088] [S189] from district to department to park', () => {
  test('no level is skipped, and a unit hands on only what it has', async () => {
    const officer = w.as('officer')
    const give = (who: As, body: object) => w.as(who).post(`/api/v1/plan/tasks/${at(1)}/assignments`, body)
    expect((await give('officer', { unit: 'gaoxinyuan' })).body).toMatchObject({
      code: 'LEVEL_SKIPPED',
      data: { level: 'department' },
    })
    await give('officer', { unit: 'district-government' })
    expect((await give('officer', { unit: 'ip-office', leads: true })).body.code).toBe(
      'LEADER_WITHOUT_PERSON',
    )
    expect((await give('officer', { unit: 'ip-office', leads: true, seatId: park.seatId })).body.code).toBe(
      'UNKNOWN_SEAT',
    )
    expect((await give(lead.as, { unit: 'ip-office' })).body.code).toBe('FORBIDDEN')
    expect((await give('officer', { unit: 'ip-office', leads: true, seatId: lead.seatId })).status).toBe(201)
    // A person of the department hands it on to a park; a person of the park cannot.
    expect((await give(park.as, { unit: 'gaoxinyuan' })).body.code).toBe('FORBIDDEN')
    expect((await give(lead.as, { unit: 'gaoxinyuan', seatId: park.seatId })).status).toBe(201)
    expect((await give(lead.as, { unit: 'gaoxinyuan' })).body.code).toBe('ALREADY_ASSIGNED')
    const { assignments } = await task(at(1))
    expect(assignments.map((one: any) => [one.level, one.unit, one.leads])).toEqual([
      ['district', 'district-government', false],
      ['department', 'ip-office', true],
      ['park', 'gaoxinyuan', false],
    ])
    const mine = (await w.as(park.as).get('/api/v1/plan/tasks?mine=true')).body
    expect(mine.items.map((one: any) => one.code)).toEqual([at(1)])

    const department = assignments[1].id
    const back = await officer.post(`/api/v1/plan/tasks/${at(1)}/assignments/${department}/end`, {
      reason: '改由他部门',
    })
    expect(back.body).toEqual({ ended: 2 })
  })

  test('a person who leaves leaves the task without a person, and it is listed so', async () => {
    const leaving = await seatIn(w, 'market-supervision', '郑离任')
    const officer = w.as('officer')
    const { body } = await officer.post('/api/v1/plan/years/2026/tasks', { ...DRAFT, title: '将失主之事' })
    await officer.post(`/api/v1/plan/tasks/${body.code}/assignments`, { unit: 'district-government' })
    await officer.post(`/api/v1/plan/tasks/${body.code}/assignments`, {
      unit: 'market-supervision',
      seatId: leaving.seatId,
      leads: true,
    })
    expect((await act(leaving.as, body.code, 'start')).status).toBe(200)
    const left = await officer.post(`/api/v1/plan/seats/${leaving.seatId}/end`, { on: '2026-03-02' })
    expect(left.body.unmanned).toEqual([body.code])
    expect(await task(body.code)).toMatchObject({ standing: 'unmanned', hasPerson: false })
    expect((await act(leaving.as, body.code, 'reports', { percent: 10, done: '已不在任' })).body.code).toBe(
      'FORBIDDEN',
    )
    await act('officer', body.code, 'cancellation', { reason: '试验用，撤销' })
  })
})

describe('[F088] [S196] reports, evidence and the result', () => {
  test('a file is what its name says, or it is refused', async () => {
    expect((await prove(lead.as, at(0), '图.png', '不是图片')).body).toMatchObject({
      code: 'FILE_REFUSED',
      data: { why: 'name' },
    })
    expect((await prove(lead.as, at(0), '页.html', '<html><script>1</script></html>')).body.data.why).toBe(
      'kind',
    )
    expect((await prove(lead.as, at(0), '空.txt', '')).body.data.why).toBe('empty')
    const script = '%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (x) >> >>\n%%EOF'
    expect((await prove(lead.as, at(0), '纪要.pdf', script)).body.data.why).toBe('harmful')
    expect((await prove(lead.as, at(0), '纪要.pdf', '%PDF-1.7 half of it')).body.data.why).toBe('unreadable')
    expect((await prove(park.as, at(0))).body.code).toBe('FORBIDDEN')
  })

  test('all done needs evidence; only the office accepts; the evidence opens', async () => {
    expect((await act(lead.as, at(0), 'reports', { percent: 100, done: '全部完成' })).body.code).toBe(
      'NO_EVIDENCE',
    )
    expect((await act(lead.as, at(0), 'reports', { percent: 40, done: '引进四十家' })).status).toBe(201)
    expect((await act('officer', at(0), 'completion', { result: '完成' })).body).toMatchObject({
      code: 'NOT_REPORTED',
      data: { percent: 40 },
    })
    const proof = await prove(lead.as, at(0))
    expect(proof.status).toBe(201)
    expect((await act(lead.as, at(0), 'reports', { percent: 100, done: '全部完成' })).status).toBe(201)
    expect((await act(lead.as, at(0), 'completion', { result: '完成' })).body.code).toBe('FORBIDDEN')
    expect((await act('officer', at(0), 'completion', { result: '名录内一百零一家' })).status).toBe(200)
    const seen = await task(at(0), 'visitor')
    expect(seen).toMatchObject({
      state: 'completed',
      standing: 'completed',
      result: '名录内一百零一家',
      person: null,
    })
    expect(seen.reports[0]).toMatchObject({
      percent: 100,
      reportedBy: null,
      evidence: [{ id: proof.body.id }],
    })
    expect((await w.as('auditor').get(`/api/v1/plan/evidence/${proof.body.id}`)).body).toBe('完成情况说明')
    expect((await w.as('visitor').get(`/api/v1/plan/evidence/${proof.body.id}`)).status).toBe(401)
  })

  test('a task bound to a figure is done only when the figure says so', async () => {
    await handTo(w, at(3), lead.seatId)
    await act(lead.as, at(3), 'start')
    await prove(lead.as, at(3))
    await act(lead.as, at(3), 'reports', { percent: 100, done: '全部完成' })
    expect((await act('officer', at(3), 'completion', { result: '达到' })).body).toMatchObject({
      code: 'TARGET_NOT_MET',
      data: { indicator: 'agencies', atLeast: 1, value: 0 },
    })
  })
})

test('[F088] [S196] late tasks are told to who answers for them, once for each promised day', async () => {
  const { insertAccount } = await import('../identity/account.store.ts')
  const { recordAudit } = await import('../ledger/public.ts')
  const accountId = await w.write(async (tx, context) => {
    const account = {
      email: 'late@office.example',
      name: '冯逾期',
      roles: ['operator' as const],
    }
    const id = await insertAccount(tx, account, null, context.now)
    await recordAudit(tx, context, { action: 'account.opened', subject: { kind: 'account', id: String(id) } })
    return String(id)
  })
  const officer = w.as('officer')
  const { body: seat } = await officer.post('/api/v1/plan/seats', {
    unit: 'finance-commerce',
    email: 'late@office.example',
    position: '科长',
    validFrom: '2026-01-01',
  })
  const { body: added } = await officer.post('/api/v1/plan/years/2026/tasks', {
    ...DRAFT,
    dueOn: '2026-03-10',
  })
  await officer.post(`/api/v1/plan/tasks/${added.code}/assignments`, { unit: 'district-government' })
  await officer.post(`/api/v1/plan/tasks/${added.code}/assignments`, {
    unit: 'finance-commerce',
    seatId: seat.id,
    leads: true,
  })
  const told = async () =>
    (
      await w.db
        .selectFrom('notice')
        .select('titleZh')
        .where('recipientId', '=', accountId)
        .orderBy('createdAt')
        .execute()
    ).map(({ titleZh }) => titleZh)
  expect(await told()).toEqual([`任务 ${added.code} 已分派给您`])
  w.setToday('2026-03-11')
  await tellOfLateTasks(w.db, w.context())
  await tellOfLateTasks(w.db, w.context())
  expect(await told()).toEqual([`任务 ${added.code} 已分派给您`, `任务 ${added.code} 已逾期`])
  w.setToday('2026-03-02')
  await act('officer', added.code, 'cancellation', { reason: '试验用，撤销' })
})

describe('[F088] [S62] what the public sees', () => {
  test('published tasks by action, late first, without names', async () => {
    w.setToday('2026-09-15')
    const { body } = await w.as('visitor').get('/api/v1/plan/progress?year=2026')
    expect(body.tasks.map((one: any) => one.code).sort()).toEqual([...codes].sort())
    expect(body.tasks[0]).toMatchObject({ code: at(2), standing: 'late', daysLate: 15, person: null })
    expect(body.counts.late).toBe(1)
    expect(JSON.stringify(body)).not.toContain('周牵头')
    const actions = (await w.as('visitor').get('/api/v1/plan/actions?year=2026')).body.items
    expect(actions).toHaveLength(6)
    expect(actions[0]).toMatchObject({ code: 'growing', tasks: codes.length, counts: { late: 1 } })
    expect(actions[0].clauses).toContain('S63')
    w.setToday('2026-03-02')
  })

  test('what nobody approved yet is no business of visitors', async () => {
    const { body } = await w
      .as('operator')
      .post('/api/v1/plan/years/2026/tasks', { action: 'digital', title: '草拟中' })
    expect((await w.as('visitor').get(`/api/v1/plan/tasks/${body.code}`)).status).toBe(404)
    expect((await w.as('operator').get(`/api/v1/plan/tasks/${body.code}`)).body).toMatchObject({
      standing: 'unsettled',
      missing: ['time', 'person', 'target'],
    })
    const unready = await w
      .as('officer')
      .post('/api/v1/plan/years/2026/versions', { version: 3, cause: '补充任务' })
    expect(unready.body).toMatchObject({ code: 'UNREADY', data: { codes: [body.code] } })
  })

  test.for([
    ['visitor', 'post', '/api/v1/plan/years', { year: 2030, title: '二〇三〇' }, 401],
    ['agency', 'post', '/api/v1/plan/years', { year: 2030, title: '二〇三〇' }, 403],
    ['leader', 'post', '/api/v1/plan/years/2026/tasks', DRAFT, 403],
    ['operator', 'post', '/api/v1/plan/years/2026/versions', { version: 1, cause: '越权提交' }, 403],
    [
      'officer',
      'post',
      '/api/v1/plan/versions/01900000-0000-7000-8000-00000000dead/decision',
      { approve: true, note: '自批' },
      403,
    ],
    ['enterprise', 'get', '/api/v1/plan/seats', undefined, 403],
  ] as const)('%s may not %s %s', async ([who, method, path, body, status]) => {
    const caller = w.as(who)
    const answer = method === 'get' ? await caller.get(path) : await caller.post(path, body)
    expect(answer.status).toBe(status)
  })
})

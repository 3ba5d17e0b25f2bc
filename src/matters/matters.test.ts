import { beforeAll, describe, expect, test } from 'vitest'
import { world, type Caller } from '#testing/world.ts'
import { insertAccount } from '../identity/account.store.ts'
import { beginStationPost } from '../identity/public.ts'
import type { Role } from '../identity/roles.ts'
import { recordAudit } from '../ledger/public.ts'
import { date } from '#platform/calendar.ts'

const w = await world()
w.setToday('2026-11-23')
const [here, there] = w.zone.stations.filter(({ kind }) => kind === 'window' || kind === 'workstation')
const body = w.zone.receivingBodies[0]!
const answers = {
  topic: 'filing',
  subject: '申请费用减缴',
  question: '小微企业申请发明专利，费用减缴怎样备案？',
  contactName: '王小明',
  contactPhone: '13800001234',
}

let applicant: Caller
let officer: Caller
let colleague: Caller
let stranger: Caller
let colleagueId: string

async function account(email: string, name: string, role: Role, station?: string) {
  const accountId = await w.write(async (tx, context) => {
    const id = (await insertAccount(
      tx,
      { email, name, roles: [role], passwordHash: null as never },
      null,
      context.now,
    ))!
    if (station !== undefined)
      await beginStationPost(tx, { accountId: id, stationId: station, validFrom: date('2026-01-01') })
    await recordAudit(tx, context, { action: 'account.opened', subject: { kind: 'account', id } })
    return id
  })
  return { accountId, caller: w.as({ roles: [role], accountId }) }
}

beforeAll(async () => {
  applicant = (await account('ming@people.example', '王小明', 'citizen')).caller
  stranger = (await account('hong@people.example', '李红', 'citizen')).caller
  officer = (await account('a@office.example', '赵经办', 'officer', here!.id)).caller
  const second = await account('b@office.example', '钱经办', 'officer', there!.id)
  colleague = second.caller
  colleagueId = second.accountId
})

async function file(): Promise<string> {
  const draft = await applicant.post('/api/v1/drafts', {
    procedure: 'general-enquiry',
    station: here!.id,
    answers,
  })
  expect(draft.status).toBe(201)
  const sent = await applicant.post(`/api/v1/drafts/${draft.body.id}/submission`, { version: 1 })
  expect(sent.status).toBe(200)
  return sent.body.number
}
const of = async (who: Caller, number: string) => (await who.get(`/api/v1/matters/${number}`)).body
const act = async (who: Caller, number: string, step: string, more: object = {}) =>
  who.post(`/api/v1/matters/${number}/steps`, { step, version: (await of(who, number)).version, ...more })

describe('[S78] [S79] one matter from draft to rating', () => {
  test('a draft is kept by version, submitted once, and nobody else sees it', async () => {
    const opened = await applicant.post('/api/v1/drafts', { procedure: 'general-enquiry', station: here!.id })
    const path = `/api/v1/drafts/${opened.body.id}`
    expect((await applicant.get(`${path}/completeness`)).body.ready).toBe(false)
    expect((await applicant.put(path, { version: 1, answers })).body.version).toBe(2)
    const late = await applicant.put(path, { version: 1, answers: {} })
    expect([late.status, late.body.code, late.body.data.draft.version]).toEqual([409, 'CHANGED_ELSEWHERE', 2])
    expect((await stranger.get(path)).body.code).toBe('UNKNOWN_DRAFT')
    const [one, two] = await Promise.all([
      applicant.post(`${path}/submission`, { version: 2 }),
      applicant.post(`${path}/submission`, { version: 2 }),
    ])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(two.body).toEqual(one.body)
    expect(one.body.station.code).toBe(here!.id)
    expect(one.body.clocks.map(({ code }: { code: string }) => code).toSorted()).toEqual([
      'acceptance',
      'reply',
    ])
    expect((await applicant.put(path, { version: 2, answers })).body).toMatchObject({
      code: 'DRAFT_CLOSED',
      data: { number: one.body.number },
    })
  })

  test('is taken up, corrected, answered with a document that verifies, and rated once', async () => {
    const number = await file()
    expect((await stranger.get(`/api/v1/matters/${number}`)).body.code).toBe('UNKNOWN_MATTER')
    expect((await colleague.get(`/api/v1/matters/${number}`)).body.code).toBe('UNKNOWN_MATTER')
    expect((await act(applicant, number, 'accept')).body.code).toBe('NOT_YOURS_TO_DO')
    const taken = await act(officer, number, 'accept')
    expect(taken.body).toMatchObject({ state: { code: 'accepted' }, isHandler: true })
    const again = await officer.post(`/api/v1/matters/${number}/steps`, { step: 'accept', version: 1 })
    expect([again.status, again.body.code]).toEqual([409, 'CHANGED_MEANWHILE'])

    expect((await act(officer, number, 'askCorrection')).body.code).toBe('ITEMS_NEEDED')
    const asked = await act(officer, number, 'askCorrection', {
      items: [{ kind: 'field', code: 'subject', wanted: '写明年度' }],
    })
    expect(asked.body.state.code).toBe('correcting')
    expect((await act(applicant, number, 'correct')).body.code).toBe('CORRECTION_INCOMPLETE')
    const item = asked.body.correction.items[0].id
    const path = `/api/v1/matters/${number}/correction/${item}`
    expect((await officer.put(path, { answer: '2026 年度减缴' })).body.code).toBe('NOT_YOURS_TO_DO')
    expect((await applicant.put(path, { answer: '2' })).body.code).toBe('ANSWER_UNFIT')
    expect((await applicant.put(path, { answer: '2026 年度减缴' })).body.open).toBe(0)
    const corrected = await act(applicant, number, 'correct')
    expect(corrected.body.answers.subject).toBe('2026 年度减缴')

    const answered = await act(officer, number, 'answer', { answers: { answer: '请在系统内备案。' } })
    expect(answered.body).toMatchObject({
      state: { kind: 'closed' },
      documents: [{ number: `${number}-D1` }],
    })
    const proof = await w.as('visitor').get(`/api/v1/documents/${number}-D1`)
    expect(proof.body).toMatchObject({ station: { code: here!.id } })

    const rating = `/api/v1/matters/${number}/rating`
    expect((await officer.post(rating, { grade: 5 })).body.code).toBe('NOT_YOURS_TO_RATE')
    expect((await applicant.post(rating, { grade: 4 })).status).toBe(201)
    expect((await applicant.post(rating, { grade: 1 })).body.code).toBe('ALREADY_RATED')
    const station = (await w.as('visitor').get(`/api/v1/stations/${here!.id}`)).body.results
    const list = (await w.as('visitor').get(`/api/v1/stations/${here!.id}/handled`)).body
    expect(list.total).toBe(station.handled)
    expect(list.items.map((one: { number: unknown }) => one.number)).toEqual([null])
  }, 60_000)

  test('[F003] changes stations by receipt without a due day moving', async () => {
    const number = await file()
    const due = (await of(officer, number)).due
    const offer = await officer.post(`/api/v1/matters/${number}/handovers`, {
      to: { kind: 'station', code: there!.id },
      reason: '属地办理',
      version: 1,
    })
    expect(offer.status).toBe(201)
    const decision = `/api/v1/matters/${number}/handovers/${offer.body.id}/decision`
    expect((await officer.post(decision, { decision: { kind: 'accept' } })).body.code).toBe(
      'NOT_OF_THE_OFFICE',
    )
    expect((await colleague.get('/api/v1/handovers')).body.arriving).toHaveLength(1)
    const accepted = await colleague.post(decision, { decision: { kind: 'accept' } })
    expect(accepted.body).toMatchObject({ status: 'accepted', receipt: { entryId: expect.any(String) } })
    expect((await colleague.post(decision, { decision: { kind: 'accept' } })).body.code).toBe(
      'ALREADY_DECIDED',
    )
    expect(await of(colleague, number)).toMatchObject({ station: { code: there!.id }, due, side: 'office' })

    const claim = `/api/v1/matters/${number}/claim`
    const { version } = await of(colleague, number)
    expect((await officer.post(claim, { version })).body.code).toBe('NOT_OF_THE_OFFICE')
    expect((await colleague.post(claim, { version })).body.handler).toBe('officer')
    const release = { version: version + 1, accountId: null }
    expect((await colleague.post(`/api/v1/matters/${number}/assignment`, release)).body.handler).toBe(null)
    const give = { version: version + 2, accountId: colleagueId }
    expect((await colleague.post(`/api/v1/matters/${number}/assignment`, give)).body.handler).toBe('钱经办')

    const outside = await colleague.post(`/api/v1/matters/${number}/handovers`, {
      to: { kind: 'body', code: body.code },
      reason: '不属于站点职责',
      version: version + 3,
    })
    const receipt = `/api/v1/matters/${number}/handovers/${outside.body.id}/decision`
    expect((await colleague.post(receipt, { decision: { kind: 'accept' } })).body.code).toBe(
      'OUTSIDE_RECEIPT_NEEDED',
    )
    await colleague.post(receipt, { decision: { kind: 'accept', outsideNumber: '外收 17' } })
    expect((await of(applicant, number)).state).toMatchObject({ kind: 'closed', outcome: 'handed-over' })
  })

  test('[S135] notes stay with the office, and personal answers are read in clear only with a purpose', async () => {
    const number = await file()
    const notes = `/api/v1/matters/${number}/notes`
    expect((await officer.post(notes, { body: '内部：先问税务口径' })).status).toBe(201)
    expect((await applicant.get(notes)).status).toBe(403)
    expect((await colleague.get(notes)).body.code).toBe('UNKNOWN_MATTER')
    expect(JSON.stringify(await of(applicant, number))).not.toContain('税务口径')
    expect((await applicant.get('/api/v1/matters?q=税务口径')).body.total).toBe(0)
    expect((await of(officer, number)).answers.contactPhone).toBe('138****1234')
    const clear = await officer.get(`/api/v1/matters/${number}?purpose=${encodeURIComponent('电话核实情况')}`)
    expect(clear.body.answers.contactPhone).toBe(answers.contactPhone)
    const log = await w.db.selectFrom('readLog').selectAll().where('recordId', '=', number).execute()
    expect(log).toHaveLength(1)
    expect((await applicant.get(`/api/v1/matters/${number}/clocks`)).body.items).toHaveLength(2)
    expect((await officer.get('/api/v1/matters?scope=queue')).body.total).toBeGreaterThan(0)
    expect((await stranger.get('/api/v1/matters?scope=all')).body.total).toBe(0)
  })
})

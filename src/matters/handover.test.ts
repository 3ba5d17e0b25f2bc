import { beforeAll, describe, expect, test } from 'vitest'
import { world, type Caller, type World } from '#testing/world.ts'
import { citizen, clerk, submitEnquiry, type Clerk } from '#testing/matters.ts'

let w: World
let base: Clerk
let centre: Clerk
let aid: Clerk
let person: Caller

beforeAll(async () => {
  w = await world()
  w.setToday('2026-11-23')
  base = await clerk(w, 'base', ['window-life-science'])
  centre = await clerk(w, 'centre', ['window-centre'])
  aid = await clerk(w, 'aid', ['aid-centre'])
  person = citizen(w)
})

const get = async (who: Caller, number: string) => (await who.get(`/api/v1/matters/${number}`)).body
const dues = async (number: string) =>
  (await person.get(`/api/v1/matters/${number}/clocks`)).body.items.map(({ code, due }: any) => [code, due])
const handOver = async (who: Caller, number: string, to: object | undefined, reason = '由中心办理') =>
  who.post(`/api/v1/matters/${number}/handovers`, { to, reason, version: (await get(who, number)).version })

describe('[F003] [S78] [S79] [S133] hand-over between stations', () => {
  test('both sides show one receipt, and no due day moves', async () => {
    const { number } = await submitEnquiry(person, { station: 'window-life-science' })
    const before = await dues(number)
    w.setToday('2026-11-24')
    const offered = await handOver(base, number, { kind: 'station', code: 'window-centre' })
    expect(offered).toMatchObject({ status: 201, body: { status: 'offered', receipt: null } })
    // Until it is taken over it lies where it lay; the receiver sees that it comes.
    expect((await get(base, number)).station.code).toBe('window-life-science')
    expect((await centre.get('/api/v1/handovers')).body.arriving.map((one: any) => one.number)).toContain(
      number,
    )
    expect((await base.get('/api/v1/handovers')).body.sent.map((one: any) => one.number)).toContain(number)
    expect((await aid.get('/api/v1/handovers')).body.arriving).toEqual([])

    const path = `/api/v1/matters/${number}/handovers/${offered.body.id}/decision`
    expect((await aid.post(path, { decision: { kind: 'accept' } })).status).toBe(404)
    expect((await base.post(path, { decision: { kind: 'accept' } })).body.code).toBe('NOT_OF_THE_OFFICE')
    const taken = await centre.post(path, { decision: { kind: 'accept' } })
    expect(taken.body).toMatchObject({ status: 'accepted', decidedBy: 'officer' })
    const receipts = await Promise.all(
      [base, centre, person].map(async (who) => (await get(who, number)).handOvers[0].receipt),
    )
    expect(receipts[0]).toMatchObject({ entryId: taken.body.receipt.entryId })
    expect(receipts[1]).toEqual(receipts[0])
    expect(receipts[2]).toEqual(receipts[0])
    expect(await dues(number)).toEqual(before)
    expect((await get(person, number)).station.code).toBe('window-centre')
    // The side that gave it away still sees who has it, and can do nothing to it.
    expect(await get(base, number)).toMatchObject({ side: 'reader', steps: [], mayHandOver: false })
    w.setToday('2026-11-23')
  })

  test('it can be sent back with a reason, or taken back, and a second one waits for the first', async () => {
    const { number } = await submitEnquiry(person, { station: 'window-life-science' })
    const one = await handOver(base, number, { kind: 'station', code: 'window-centre' })
    const again = await handOver(base, number, { kind: 'station', code: 'aid-centre' })
    expect(again.body).toMatchObject({ code: 'HAND_OVER_OPEN', data: { to: 'window-centre' } })
    const path = (id: string) => `/api/v1/matters/${number}/handovers/${id}/decision`
    expect((await centre.post(path(one.body.id), { decision: { kind: 'refuse', reason: '' } })).status).toBe(
      400,
    )
    const back = await centre.post(path(one.body.id), { decision: { kind: 'refuse', reason: '不属本站' } })
    expect(back.body).toMatchObject({ status: 'refused', refusal: '不属本站' })
    const twice = await centre.post(path(one.body.id), { decision: { kind: 'accept' } })
    expect(twice.body).toMatchObject({ code: 'ALREADY_DECIDED', data: { status: 'refused' } })
    const two = await handOver(base, number, { kind: 'station', code: 'aid-centre' })
    expect((await aid.post(path(two.body.id), { decision: { kind: 'withdraw' } })).body.code).toBe(
      'NOT_OF_THE_OFFICE',
    )
    expect((await base.post(path(two.body.id), { decision: { kind: 'withdraw' } })).body.status).toBe(
      'withdrawn',
    )
    expect((await get(base, number)).station.code).toBe('window-life-science')
  })

  test('who may not: the applicant, strangers, and staff of other stations', async () => {
    const { number } = await submitEnquiry(person, { station: 'window-life-science' })
    const to = { kind: 'station', code: 'window-centre' }
    const body = { to, reason: '试试', version: 1 }
    const path = `/api/v1/matters/${number}/handovers`
    expect((await person.post(path, body)).body.code).toBe('FORBIDDEN')
    expect((await centre.post(path, body)).body.code).toBe('UNKNOWN_MATTER')
    expect((await w.as('visitor').post(path, body)).body.code).toBe('UNAUTHENTICATED')
    expect(
      (await base.post(path, { ...body, to: { kind: 'station', code: 'overseas-nowhere' } })).body.code,
    ).toBe('UNKNOWN_RECEIVER')
  })
})

describe('[F075] [S148] [S153] [S161] “not ours” is a hand-over, never an end', () => {
  test('without a receiving body nothing is saved', async () => {
    const { number } = await submitEnquiry(person, { station: 'window-life-science' })
    const before = (await get(base, number)).events.length
    expect((await handOver(base, number, undefined)).status).toBe(400)
    expect((await handOver(base, number, { kind: 'body' })).status).toBe(400)
    expect((await handOver(base, number, { kind: 'body', code: 'nobody' })).body.code).toBe(
      'UNKNOWN_RECEIVER',
    )
    const after = await get(base, number)
    expect([after.events.length, after.state.code, after.handOvers]).toEqual([before, 'submitted', []])
  })

  test('it stays ours until the body gives its own receipt; then the person sees who has it', async () => {
    const { number } = await submitEnquiry(person, { station: 'window-life-science' })
    const offered = await handOver(base, number, { kind: 'body', code: 'enforcement-district' }, '属行政执法')
    expect((await get(person, number)).handOvers[0]).toMatchObject({
      status: 'offered',
      to: { kind: 'body', code: 'enforcement-district', names: { zh: '区市场监督管理部门' } },
    })
    expect((await get(base, number)).due).not.toBeNull()
    const path = `/api/v1/matters/${number}/handovers/${offered.body.id}/decision`
    expect((await base.post(path, { decision: { kind: 'accept' } })).body.code).toBe('OUTSIDE_RECEIPT_NEEDED')
    const decision = { kind: 'accept', outsideNumber: '宁市监收〔2026〕88号', outsideOn: '2026-11-23' }
    expect((await base.post(path, { decision })).status).toBe(200)
    const closed = await get(person, number)
    expect(closed.state).toMatchObject({ code: 'handedOver', kind: 'closed', outcome: 'handed-over' })
    expect(closed.handOvers[0]).toMatchObject({ status: 'accepted', outsideNumber: '宁市监收〔2026〕88号' })
    expect(closed.handOvers[0].receipt.entryId).toMatch(/^[0-9a-f-]{36}$/)
    expect(
      (await person.get(`/api/v1/matters/${number}/clocks`)).body.items.every(
        ({ status }: any) => status === 'stopped',
      ),
    ).toBe(true)
  })
})

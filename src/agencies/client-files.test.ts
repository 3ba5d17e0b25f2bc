import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { plantAgencies, type Planted } from './register.fixture.ts'

const w = await world()
w.setToday('2026-11-22')
const carrier = w.zone.carriers[0]?.id ?? ''
let lake: Planted
let hill: Planted
let gone: Planted

const of = (agency: Planted) => w.as({ roles: ['agency'], organisationIds: [agency.partyId] })
const add = async (reference: string, who = of(lake)) =>
  (
    await who.post(`/api/v1/agencies/${lake.code}/client-files`, {
      reference,
      title: '一种水泵 发明专利申请',
      clientName: '清源机电',
      openedOn: '2025-04-01',
    })
  ).body.id as string
const list = async () => (await of(lake).get(`/api/v1/agencies/${lake.code}/client-files`)).body

beforeAll(async () => {
  ;[lake, hill, gone] = (await plantAgencies(
    w.db,
    [{ name: '湖光代理' }, { name: '小山代理' }, { name: '旧港代理', movedOut: '2025-01-01' }],
    carrier,
  )) as [Planted, Planted, Planted]
})

describe('[F012] [S202] files of clients', () => {
  test('are entered once, and finished with a word', async () => {
    const id = await add('A-1')
    const twice = await of(lake).post(`/api/v1/agencies/${lake.code}/client-files`, {
      reference: 'A-1',
      title: 'again',
      clientName: 'x',
      openedOn: '2025-04-01',
    })
    expect([twice.status, twice.body.code]).toEqual([409, 'REFERENCE_TAKEN'])
    expect(await list()).toMatchObject({ total: 1, open: 1, items: [{ state: 'open' }] })
    const done = await of(lake).post(`/api/v1/client-files/${id}/finish`, { note: '已授权' })
    expect(done.body).toMatchObject({ state: 'finished', finishedOn: '2026-11-22', finishNote: '已授权' })
    expect((await of(lake).post(`/api/v1/client-files/${id}/finish`, { note: 'again' })).body.code).toBe(
      'FILE_CLOSED',
    )
    expect((await list()).open).toBe(0)
  })

  test('leave the list when the agency that takes them confirms with a receipt, not before', async () => {
    const id = await add('A-2')
    const offer = (code: string) =>
      of(lake).post(`/api/v1/client-files/${id}/handovers`, {
        to: { kind: 'agency', code },
        note: '答复期限 12-20',
      })
    expect((await offer(gone.code)).body.code).toBe('RECEIVER_NOT_IN_ZONE')
    expect((await offer(lake.code)).body.code).toBe('UNKNOWN_RECEIVER')
    expect((await offer(hill.code)).body).toMatchObject({ state: 'offered', handover: { toCode: hill.code } })
    expect((await offer(hill.code)).body.code).toBe('FILE_OFFERED')
    expect((await list()).open).toBe(1)

    const answer = (given: string, who = of(hill)) =>
      who.post(`/api/v1/client-files/${id}/receipt`, { answer: given, note: '案卷一册' })
    expect((await answer('received', of(lake))).status).toBe(403)
    expect((await answer('received', of(gone))).status).toBe(404)
    expect((await answer('refused')).body).toMatchObject({
      state: 'open',
      handover: { answer: 'refused', receipt: null },
    })
    await offer(hill.code)
    const taken = await answer('received')
    expect(taken.body).toMatchObject({ state: 'handed-over', handover: { answer: 'received' } })
    expect(taken.body.handover.receipt).toMatch(/^R2026-\d{6}$/)
    expect((await answer('received')).body.code).toBe('NOT_OFFERED')
    expect((await list()).open).toBe(0)
    const theirs = await of(hill).get(`/api/v1/agencies/${hill.code}/client-files`)
    expect(theirs.body.offered).toMatchObject([{ id, agency: lake.code }])
  })

  test('go back to the client by the word of the office that has seen the signature', async () => {
    const id = await add('A-3', w.as('operator'))
    await of(lake).post(`/api/v1/client-files/${id}/handovers`, { to: { kind: 'client' }, note: '原件三份' })
    const path = `/api/v1/client-files/${id}/receipt`
    expect((await of(lake).post(path, { answer: 'received', note: 'x signed' })).status).toBe(403)
    const taken = await w.as('operator').post(path, { answer: 'received', note: '客户签收单 17 号' })
    expect(taken.body).toMatchObject({ state: 'handed-over', handover: { receiverName: '清源机电' } })
  })

  test('are no business of others', async () => {
    const path = `/api/v1/agencies/${lake.code}/client-files`
    expect((await of(hill).get(path)).status).toBe(403)
    expect((await w.as('statistician').get(path)).status).toBe(403)
    expect((await w.as('visitor').get(path)).status).toBe(401)
    const id = await add('A-4')
    expect((await of(hill).post(`/api/v1/client-files/${id}/finish`, { note: 'not mine' })).status).toBe(404)
  })
})

describe('[F012] [S202] what speaks against staying', () => {
  test('an agency that meets a trigger is listed with the numbers behind it; the counts agree with the list', async () => {
    const { body } = await w.as('operator').get('/api/v1/exits')
    expect(body.items.map(({ code }: { code: string }) => code)).toContain(lake.code)
    expect(body.items.map(({ code }: { code: string }) => code)).not.toContain(gone.code)
    for (const { code, agencies } of body.counts) {
      const listed = await w.as('operator').get(`/api/v1/exits?trigger=${code}`)
      expect([code, listed.body.total]).toEqual([code, agencies])
    }
    const missing = body.items
      .find(({ code }: { code: string }) => code === lake.code)
      .triggers.find(({ kind }: { kind: string }) => kind === 'returns-missing')
    expect(missing).toMatchObject({
      met: true,
      value: missing.periods.length,
      days: [expect.any(String), expect.any(String)],
    })
  })

  test('the agency sees its own case with the matters of clients that are open; others do not', async () => {
    const path = `/api/v1/agencies/${lake.code}/exit`
    const { body } = await of(lake).get(path)
    const { open } = await list()
    expect(body.open).toHaveLength(open)
    expect(body).toMatchObject({ inZone: true, open: [{ source: 'client-file', since: '2025-04-01' }] })
    expect((await of(hill).get(path)).status).toBe(403)
    expect((await w.as('enterprise').get('/api/v1/exits')).status).toBe(403)
    expect((await of(lake).get('/api/v1/exits')).status).toBe(403)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { figure } from '#testing/figures.ts'
import { world } from '#testing/world.ts'
import type { Matter, Procedure } from '../matters/define.ts'
import { upsertOrganisations } from '../parties/public.ts'
import { clientFileSource } from './client-matters.ts'
import { findMatter } from '../matters/public.ts'
import { declaredIn } from './move-in.ts'
import { agencyProcedures } from './procedures.ts'
import { plantAgencies } from './register.fixture.ts'
import { findAdvice, findChoice } from './placement.store.ts'

const w = await world()
w.setToday('2026-11-20')
const [moveIn, moveOut] = agencyProcedures({ clientMatters: [clientFileSource] }) as [Procedure, Procedure]
const startUpBase = w.zone.carriers.find(({ stage }) => stage === 'start-up')?.id
const park =
  w.zone.placement.at(-1)?.parks.find(({ carrier }) => carrier === startUpBase)?.industries[0] ?? ''
const serviceClass = w.zone.services[0]?.code ?? ''
let partyId = ''

const matterOf = (number: string, answers: object): Matter<never> =>
  ({
    id: `00000000-0000-7000-8000-${number.slice(-6).padStart(12, '0')}`,
    number,
    procedure: 'test',
    state: 'test',
    version: 1,
    answers,
    applicant: { kind: 'organisation', accountId: null, organisationId: partyId, name: '新芽代理' },
    station: 'test',
    handlerId: null,
    submittedOn: '2026-11-20',
  }) as never
const take = (procedure: Procedure, step: string, matter: Matter<never>, answers: object = {}) =>
  inTransaction(w.db, async (tx) => {
    const { guard, effect } = procedure.transitions[step] ?? {}
    const obstacle = await guard?.(tx, w.context(), matter)
    if (obstacle !== undefined) return obstacle
    await effect?.(tx, w.context(), matter, answers as never)
    return undefined
  })
const agencies = async (day: string) => (await figure(w, 'agencies', day)).value ?? 0
const listed = async (day: string) =>
  (await w.as('visitor').get(`/api/v1/agencies?asOf=${day}`)).body.items.map(
    ({ name }: { name: string }) => name,
  )

const application = () =>
  matterOf('2026-000001', {
    foundedOn: '2026-02-01',
    staff: 5,
    classes: [serviceClass],
    industries: [park],
  })

beforeAll(async () => {
  await inTransaction(w.db, async (tx) => {
    const [party] = await upsertOrganisations(tx, { on: '2026-02-01' as never, source: 'test' }, [
      { name: '新芽代理', creditCode: '91320115MA0TE5T080' },
    ])
    partyId = party?.id ?? ''
  })
})

describe('[F011] [S202] [S59] moving in', () => {
  test('what applies is advised, placed, and stands in the directory and the figure on the day, with its lease', async () => {
    const before = await agencies('2026-11-20')
    await inTransaction(
      w.db,
      (tx) => moveIn.onSubmit?.(tx, w.context(), application(), {}) ?? Promise.resolve(),
    )
    const advice = await findAdvice(w.db, { matterNumber: '2026-000001' })
    expect(advice?.finding.carrier).toBe(startUpBase)

    await take(moveIn, 'place', application(), { follow: 'yes' })
    const choice = await findChoice(w.db, application().id)
    expect(choice).toMatchObject({
      carrierCode: startUpBase,
      units: advice?.finding.units,
      followsAdvice: true,
    })
    expect(await agencies('2026-11-20')).toBe(before)

    await take(moveIn, 'moveIn', application(), { leaseNumber: 'ZL-T-1', monthlyRent: 300_000 })
    expect(await agencies('2026-11-20')).toBe(before + 1)
    expect(await agencies('2026-11-19')).toBe(before)
    expect(await listed('2026-11-20')).toContain('新芽代理')
    const { body } = await w.as('operator').get(`/api/v1/leases?unit=${choice?.units[0]}`)
    expect(body.items).toMatchObject([{ number: 'ZL-T-1', tenantName: '新芽代理', validFrom: '2026-11-20' }])
  })

  test('who has moved in cannot move in again, and a unit that is let cannot be given away', async () => {
    await expect(
      take(moveIn, 'moveIn', application(), { leaseNumber: 'ZL-T-2', monthlyRent: 1 }),
    ).rejects.toMatchObject({
      code: 'BLOCKED',
      data: { code: 'already-there' },
    })
    const choice = await findChoice(w.db, application().id)
    const other = matterOf('2026-000002', application().answers)
    const elsewhere = {
      follow: 'no',
      carrier: startUpBase,
      units: choice?.units,
      why: 'wished by the firm',
    }
    await expect(take(moveIn, 'place', other, elsewhere)).rejects.toMatchObject({
      data: { code: 'unit-not-vacant' },
    })
    await expect(take(moveIn, 'place', other, { follow: 'yes' })).rejects.toMatchObject({
      data: { code: 'no-advice' },
    })
  })

  test('whoever serves none of the industries is told what the advice will look at; nothing is refused', async () => {
    const ask = (industries?: readonly string[]) =>
      moveIn.checks?.(
        w.db,
        w.context(),
        { ...Object(application().answers), industries } as never,
        application().applicant,
      )
    expect(await ask(undefined)).toMatchObject([{ code: 'no-industry', severity: 'note' }])
    expect(await ask([park])).toEqual([])
  })

  test('an application of the first version of the form, typed in words, still leads to the same place', () => {
    const answers = { foundedOn: '2026-02-01', staff: 5, classes: [serviceClass], industries: [park] }
    const member = w.zone.industries
      .flatMap(({ groups }) => groups.flatMap(({ members }) => members))
      .find(({ code }) => code === park)
    const typed = { ...answers, industries: `主要是${member?.names.zh}` }
    expect(declaredIn(typed, w).industries).toContain(park)
    expect(declaredIn(answers, w).industries).toEqual([park])
    expect(declaredIn({ ...answers, industries: undefined }, w).industries).toEqual([])
  })
})

describe('[F012] [S202] [S56] moving out', () => {
  const exit = () => matterOf('2026-000003', { ground: 'own-wish', reason: '迁往外地' })
  const codeOf = async () =>
    (await w.as('visitor').get('/api/v1/agencies')).body.items.find(
      ({ name }: { name: string }) => name === '新芽代理',
    ).code as string

  test('with a client’s file open it is blocked, with the list; the register stays as it was', async () => {
    w.setToday('2026-11-22')
    const { status } = await w.as('operator').post(`/api/v1/agencies/${await codeOf()}/client-files`, {
      reference: 'N-1',
      title: '一种阀门 发明专利申请',
      clientName: '清源机电',
      openedOn: '2026-11-21',
    })
    expect(status).toBe(201)
    const obstacle = await take(moveOut, 'leave', exit())
    expect(obstacle).toMatchObject({ code: 'clients-left', clauses: ['S202'] })
    expect(obstacle?.records).toMatchObject([
      { kind: 'client-file', label: 'N-1 一种阀门 发明专利申请 · 清源机电' },
    ])
    expect(await listed('2026-11-22')).toContain('新芽代理')
  })

  test('once the file is done it leaves: directory, figure and lease follow on the day, the past stays', async () => {
    const code = await codeOf()
    const { items } = (await w.as('operator').get(`/api/v1/agencies/${code}/client-files`)).body
    await w.as('operator').post(`/api/v1/client-files/${items[0].id}/finish`, { note: '已授权' })
    const before = await agencies('2026-11-22')
    expect(await take(moveOut, 'leave', exit())).toBeUndefined()
    expect(await agencies('2026-11-22')).toBe(before - 1)
    expect(await agencies('2026-11-21')).toBe(before)
    expect(await listed('2026-11-22')).not.toContain('新芽代理')
    expect(await listed('2026-11-21')).toContain('新芽代理')
    const seen = (await w.as('visitor').get(`/api/v1/agencies/${code}`)).body
    expect(seen).toMatchObject({ inZone: false, stays: [{ movedOut: '2026-11-22' }] })
    const { body } = await w.as('operator').get('/api/v1/leases')
    expect(body.items[0]).toMatchObject({ validTo: '2026-11-22' })
  })

  test('the warned cannot simply be let go or withdraw', async () => {
    const warned = matterOf('2026-000004', { ground: 'trigger', reason: '租约到期' })
    expect(await take(moveOut, 'accept', warned)).toMatchObject({ code: 'no-wish' })
    expect(await take(moveOut, 'withdraw', warned)).toMatchObject({ code: 'not-own-wish' })
  })
})

describe('[F012] [S202] [S56] a move-out that begins with a trigger', () => {
  test('is begun by the office where one is met, once, names what met it, and shows beside the agency', async () => {
    w.setToday('2028-06-01')
    const [agency] = await plantAgencies(
      w.db,
      [{ name: '静默代理', movedIn: '2024-01-01' }],
      startUpBase ?? '',
    )
    const path = `/api/v1/agencies/${agency?.code}/exit`
    for (const who of ['agency', 'leader', 'citizen'] as const)
      expect([who, (await w.as(who).post(path, {})).status]).toEqual([who, 403])
    const begun = await w.as('officer').post(path, {})
    expect(begun.status).toBe(201)
    const again = await w.as('officer').post(path, {})
    expect([again.status, again.body]).toMatchObject([
      409,
      { code: 'EXIT_RUNNING', data: { number: begun.body.number } },
    ])
    const { items } = (await w.as('operator').get('/api/v1/exits?limit=200')).body
    const listed = items.find(({ code }: { code: string }) => code === agency?.code)
    expect(listed.running).toBe(begun.body.number)
    const matter = await findMatter(w.db, begun.body.number)
    expect(matter?.answers).toMatchObject({ ground: 'trigger', reason: expect.stringContaining('2027') })
    expect(matter?.applicant).toMatchObject({ kind: 'organisation', organisationId: agency?.partyId })
  })

  test('is not begun where no trigger is met, nor for an agency that nobody knows', async () => {
    w.setToday('2024-02-01')
    const [agency] = await plantAgencies(
      w.db,
      [{ name: '新到代理', movedIn: '2024-01-20' }],
      startUpBase ?? '',
    )
    const quiet = await w.as('officer').post(`/api/v1/agencies/${agency?.code}/exit`, {})
    expect([quiet.status, quiet.body.code]).toEqual([409, 'NOT_TRIGGERED'])
    expect((await w.as('officer').post('/api/v1/agencies/NOBODY/exit', {})).body.code).toBe('UNKNOWN_AGENCY')
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { clerk, type Clerk } from '#testing/matters.ts'
import { type Caller, world } from '#testing/world.ts'

const w = await world()
// A Wednesday, at noon.
const today = '2026-11-25'
w.setToday(today)
const STATION = 'window-centre'
const MORNINGS = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '12:00' }))

let officer: Clerk
let elsewhere: Clerk
let adviser: Clerk
let visitor: Clerk
let lin: string
let zhou: string

beforeAll(async () => {
  officer = await clerk(w, 'desk', [STATION])
  elsewhere = await clerk(w, 'elsewhere', ['aid-centre'])
  adviser = await clerk(w, 'lin', [], ['expert'])
  visitor = await clerk(w, 'visitor', [], ['citizen'])
  lin = await addPerson('林工')
  zhou = await addPerson('周工')
})

async function addPerson(name: string): Promise<string> {
  const { body } = await officer.post('/api/v1/bookings/bookables', {
    station: STATION,
    kind: 'person',
    name,
    skills: ['filing'],
    languages: ['zh'],
    duties: MORNINGS,
  })
  return body.id
}

const path = (id: string, what: string) => `/api/v1/bookings/bookables/${id}/${what}`
const listed = async (id: string) =>
  (await officer.get('/api/v1/bookings/calendar')).body.bookables.find((one: { id: string }) => one.id === id)
const version = async (id: string) => (await listed(id)).version as number
const book = async (day: string, from: string, who: Caller = visitor) => {
  const wanted = { station: STATION, subject: 'filing-advice', language: 'zh', day, from }
  const { status, body } = await who.post('/api/v1/bookings', wanted)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const seen = async (number: string) => (await officer.get(`/api/v1/bookings/${number}`)).body
const told = async ({ accountId }: Clerk) => {
  const rows = await w.db
    .selectFrom('notice')
    .select(['titleZh', 'titleEn', 'href'])
    .where('recipientId', '=', accountId)
    .orderBy('id')
    .execute()
  return rows.map(({ titleZh, href }) => [titleZh, href] as const)
}
const entries = async (action: string) => {
  const rows = await w.db.selectFrom('ledgerEntry').select('body').orderBy('id').execute()
  return rows.map(({ body }) => JSON.parse(body)).filter((one) => one.action === action)
}

describe('[F005] [S79] whoever is on duty sees who booked them', () => {
  test('an account is linked by its address, is told, sees its own bookings and nobody else’s', async () => {
    expect((await adviser.get('/api/v1/bookings/duty')).body).toMatchObject({ posts: [], bookings: [] })
    const email = 'lin@desk.example'
    const linked = await officer.put(path(lin, 'account'), { version: 1, email: 'LIN@desk.example' })
    expect(linked.body).toEqual({ version: 2, linkedTo: 'lin' })
    expect((await told(adviser)).at(-1)).toEqual([expect.stringContaining('林工'), '/bookings/duty'])
    expect((await entries('booking.account-linked')).at(-1)).toMatchObject({
      detail: { before: null, account: adviser.accountId },
    })

    const both = [await book('2026-11-26', '09:00'), await book('2026-11-26', '09:30')]
    const own = both.find(({ with: name }) => name === '林工')
    const other = both.find(({ with: name }) => name === '周工')
    const { body } = await adviser.get('/api/v1/bookings/duty')
    expect(body).toMatchObject({ from: today, to: '2026-12-08' })
    expect(body.posts).toMatchObject([{ name: '林工', station: { code: STATION }, hours: MORNINGS }])
    expect(body.bookings).toMatchObject([{ number: own.number, bookedBy: 'citizen', state: 'held' }])
    expect((await told(adviser)).at(-1)?.[1]).toBe(`/bookings/${own.number}`)
    expect((await adviser.get(`/api/v1/bookings/${own.number}`)).status).toBe(200)
    expect((await adviser.get(`/api/v1/bookings/${other.number}`)).status).toBe(404)

    const twin = await officer.put(path(zhou, 'account'), { version: 1, email })
    expect(twin.body).toMatchObject({ code: 'LINKED_ALREADY', data: { name: '林工' } })
    const ended = await officer.put(path(lin, 'account'), { version: 2, email: null })
    expect(ended.body).toEqual({ version: 3, linkedTo: null })
    expect((await adviser.get('/api/v1/bookings/duty')).body).toMatchObject({ posts: [], bookings: [] })
    expect((await adviser.get(`/api/v1/bookings/${own.number}`)).status).toBe(404)
    await officer.put(path(lin, 'account'), { version: 3, email })
  })

  test('who may not: nobody but those of the station, and nobody twice', async () => {
    const change = { version: await version(lin), email: 'visitor@desk.example' }
    for (const [who, code] of [
      [elsewhere, 'NOT_YOUR_STATION'],
      [adviser, 'FORBIDDEN'],
      [visitor, 'FORBIDDEN'],
      [w.as('visitor'), 'UNAUTHENTICATED'],
      [w.as('leader'), 'FORBIDDEN'],
    ] as const) {
      const { version: seenVersion } = change
      const hours = { version: seenVersion, from: today, duties: [] }
      const end = { version: seenVersion, lastDay: today, reason: '试试' }
      expect((await who.put(path(lin, 'account'), change)).body.code).toBe(code)
      expect((await who.put(path(lin, 'hours'), hours)).body.code).toBe(code)
      expect((await who.post(path(lin, 'end'), end)).body.code).toBe(code)
    }
    expect((await w.as('visitor').get('/api/v1/bookings/duty')).body.code).toBe('UNAUTHENTICATED')
    const wrong = { version: change.version, email: 'nobody@desk.example' }
    expect((await officer.put(path(lin, 'account'), wrong)).body.code).toBe('NO_SUCH_ACCOUNT')
    const stale = await officer.put(path(lin, 'account'), { ...change, version: 1 })
    expect(stale.body.code).toBe('CHANGED_MEANWHILE')
    const unknown = path('00000000-0000-7000-8000-000000000000', 'account')
    expect((await officer.put(unknown, change)).body.code).toBe('UNKNOWN_BOOKABLE')
    expect((await listed(lin)).linkedTo).toBe('lin')
  })
})

describe('[F005] [S27] duty hours change from a day on', () => {
  test('what lies outside them is passed on in turn, the rest stays; what was before stays on record', async () => {
    const made = [await book('2026-12-03', '09:00'), await book('2026-12-03', '09:30')]
    const his = made.find(({ with: name }) => name === '林工')
    const before = await book('2026-11-27', '09:00')
    const duties = [{ weekday: 1, from: '14:00', to: '17:00' }]
    const change = { version: await version(lin), from: '2026-11-30', duties }
    const { status, body } = await officer.put(path(lin, 'hours'), change)
    expect([status, body]).toEqual([
      200,
      { version: change.version + 1, reassigned: [his.number], freed: [] },
    ])
    expect(await seen(his.number)).toMatchObject({
      with: '周工',
      decision: { replayed: true, excluded: [{ id: lin, because: 'off-duty' }] },
    })
    expect((await seen(before.number)).state).toBe('held')
    expect(await listed(lin)).toMatchObject({ hours: MORNINGS, changesOn: '2026-11-30' })
    const free = async (day: string, from: string) => {
      const query = `station=${STATION}&subject=filing-advice&from=${day}&days=1`
      const slots = (await visitor.get(`/api/v1/bookings/slots?${query}`)).body.days[0].slots
      return slots.find((one: { from: string }) => one.from === from)?.free
    }
    expect(await free('2026-11-30', '14:00')).toBe(1)
    expect(await free('2026-12-07', '09:00')).toBe(1)

    // Planned hours that are changed before they began were never in force, and can still be read.
    const again = { version: change.version + 1, from: today, duties: MORNINGS }
    expect((await officer.put(path(lin, 'hours'), again)).status).toBe(200)
    expect(await listed(lin)).toMatchObject({ hours: MORNINGS, changesOn: null })
    expect(await free('2026-11-30', '14:00')).toBe(0)
    const rows = await w.db
      .selectFrom('bookableDuty')
      .select(['weekday', 'validFrom', 'validTo'])
      .where('bookableId', '=', lin)
      .where('validFrom', '=', '2026-11-30')
      .execute()
    expect(rows).toEqual([{ weekday: 1, validFrom: '2026-11-30', validTo: '2026-11-30' }])
    expect(await entries('booking.hours-changed')).toHaveLength(2)
  })

  test.for([
    [
      'hours that end before they begin',
      { duties: [{ weekday: 1, from: '12:00', to: '09:00' }] },
      'DUTY_BACKWARDS',
    ],
    [
      'hours that overlap',
      {
        duties: [
          { weekday: 1, from: '09:00', to: '12:00' },
          { weekday: 1, from: '11:00', to: '13:00' },
        ],
      },
      'DUTY_BACKWARDS',
    ],
    ['a day that is over', { from: '2026-11-24' }, 'DAY_PAST'],
    ['an old version', { version: 7 }, 'CHANGED_MEANWHILE'],
  ] as const)('%s are refused, and nothing changes', async ([, more, code]) => {
    const before = await listed(zhou)
    const change = { version: 99, from: today, duties: MORNINGS, ...more }
    expect((await officer.put(path(zhou, 'hours'), change)).body.code).toBe(code)
    expect(await listed(zhou)).toEqual(before)
  })

  test('whoever ends duty is booked no more, and what was booked for later is passed on or freed', async () => {
    const last = await book('2026-12-07', '09:00')
    const later = [await book('2026-12-08', '09:00'), await book('2026-12-08', '09:30')]
    const end = async (id: string) =>
      officer.post(path(id, 'end'), { version: await version(id), lastDay: '2026-12-07', reason: '调离' })
    const hers = later.filter(({ with: name }) => name === '周工').map(({ number }) => number)
    expect((await end(zhou)).body).toMatchObject({ reassigned: hers, freed: [] })
    expect((await end(lin)).body).toMatchObject({ reassigned: [], freed: later.map(({ number }) => number) })
    expect((await seen(last.number)).state).toBe('held')
    expect(await listed(lin)).toMatchObject({ lastDay: '2026-12-07' })
    const freed = (await told(visitor)).filter(([title]) => title.includes('无法保留'))
    expect(freed).toHaveLength(2)
    w.setToday('2026-12-14')
    try {
      const change = { version: 99, email: null }
      expect((await officer.put(path(lin, 'account'), change)).body).toMatchObject({
        code: 'BOOKABLE_ENDED',
        data: { lastDay: '2026-12-07' },
      })
      expect((await adviser.get('/api/v1/bookings/duty')).body.posts).toEqual([])
    } finally {
      w.setToday(today)
    }
  })
})

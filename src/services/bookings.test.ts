import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { clerk, type Clerk } from '#testing/matters.ts'
import { type Caller, world } from '#testing/world.ts'

const w = await world()
// A Wednesday, at noon.
const today = '2026-11-25'
w.setToday(today)
const STATION = 'window-centre'
const WEEK = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:30' }))

let officer: Clerk
let elsewhere: Clerk
const ids = new Map<string, string>()
let citizens: (Caller & { accountId: string })[]

async function addBookable(name: string, more: object = {}): Promise<string> {
  const { status, body } = await officer.post('/api/v1/bookings/bookables', {
    station: STATION,
    kind: 'person',
    name,
    skills: ['filing'],
    languages: ['zh'],
    duties: WEEK,
    ...more,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  ids.set(name, body.id)
  return body.id
}

beforeAll(async () => {
  officer = await clerk(w, 'desk', [STATION])
  elsewhere = await clerk(w, 'elsewhere', ['aid-centre'])
  for (const name of ['林工', '周工', '陈工']) await addBookable(name)
  await addBookable('吴工', {
    skills: ['filing', 'overseas'],
    languages: ['en'],
    duties: [{ weekday: 4, from: '09:00', to: '10:00' }],
  })
  await addBookable('调解室', { kind: 'room', skills: [], seats: 6 })
  citizens = await Promise.all(
    ['one', 'two', 'three', 'four', 'five', 'six'].map((name) =>
      clerk(w, `citizen-${name}`, [], ['citizen']),
    ),
  )
})

const WANTED = {
  station: STATION,
  subject: 'filing-advice',
  language: 'zh',
  day: '2026-11-26',
  from: '09:00',
}
const book = (who: Caller, more: object = {}) => who.post('/api/v1/bookings', { ...WANTED, ...more })
const booked = async (who: Caller, more: object = {}) => {
  const { status, body } = await book(who, more)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const told = async (accountId: string) =>
  (
    await w.db
      .selectFrom('notice')
      .select(['titleZh', 'bodyZh'])
      .where('recipientId', '=', accountId)
      .where('kind', '=', 'services.booking')
      .orderBy('id')
      .execute()
  ).at(-1)

describe('[F005] [S27] [S79] bookings', () => {
  test('three bookings each say why that person was chosen, replay, and none is outside hours', async () => {
    const made = []
    for (const [index, from] of ['09:00', '09:30', '10:00'].entries())
      made.push(await booked(citizens[index]!, { from }))
    const seen = await Promise.all(
      made.map(async ({ number }, index) => (await citizens[index]!.get(`/api/v1/bookings/${number}`)).body),
    )
    expect(new Set(seen.map(({ with: name }) => name)).size).toBe(3)
    expect(seen.map(({ decision }) => decision.because)).toEqual(['order', 'order', 'fewest'])
    for (const { decision, day, from, to } of seen) {
      expect(decision.replayed).toBe(true)
      expect(decision.excluded).toEqual([{ id: ids.get('吴工'), because: 'language' }])
      const { body } = await w.as('visitor').get(`/api/v1/stations/${STATION}`)
      const open = body.hours.sessions.some(
        (one: any) => one.days.includes(4) && one.opens <= from && to <= one.closes,
      )
      expect([day, open]).toEqual(['2026-11-26', true])
    }
  })

  test.for([
    ['a time within the noon break', { from: '12:00' }, 'OUTSIDE_HOURS'],
    ['a time that is no slot', { from: '09:10' }, 'OUTSIDE_HOURS'],
    ['a Saturday', { day: '2026-11-28' }, 'STATION_CLOSED'],
    ['a day that is over', { day: '2026-11-24' }, 'SLOT_PAST'],
    ['an hour that has begun', { day: today, from: '11:30' }, 'SLOT_PAST'],
    ['a day too far ahead', { day: '2027-01-12' }, 'TOO_FAR_AHEAD'],
    ['a subject nobody knows', { subject: 'astrology' }, 'UNKNOWN_SUBJECT'],
    ['a station that is none', { station: 'nowhere' }, 'UNKNOWN_STATION'],
  ] as const)('%s is refused', async ([, more, code]) => {
    expect((await book(citizens[3]!, more)).body.code).toBe(code)
  })

  test('English is spoken by one person alone, and only while on duty', async () => {
    const { body } = await w
      .as('visitor')
      .get(
        `/api/v1/bookings/slots?station=${STATION}&subject=filing-advice&language=en&from=2026-11-26&days=3`,
      )
    const free = body.days.flatMap(({ day, slots }: any) =>
      slots.filter((one: any) => one.free > 0).map((one: any) => `${day} ${one.from}`),
    )
    expect(free).toEqual(['2026-11-26 09:00', '2026-11-26 09:30'])
    expect(body.days.map(({ closed }: any) => closed)).toEqual([null, null, 'day-off'])
  })

  test('two want the last slot: one gets it, the other is told the next free ones', async () => {
    const wish = { language: 'en', from: '09:00' }
    const answers = await Promise.all([book(citizens[4]!, wish), book(citizens[5]!, wish)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'SLOT_TAKEN',
      data: {
        next: [
          { day: '2026-11-26', from: '09:30', to: '10:00' },
          { day: '2026-12-03', from: '09:00', to: '09:30' },
          { day: '2026-12-03', from: '09:30', to: '10:00' },
        ],
      },
    })
  })

  test('the database itself refuses a person or a room twice at one time', async () => {
    const number = (await booked(citizens[3]!, { subject: 'meeting-room', seats: 4, from: '14:00' })).number
    const again = sql`insert into booking (number, kind, station_code, subject, language, bookable_id, day, from_minute, to_minute,
        state, account_id, booked_name, decision, rule_version, assigned_at, booked_at)
      select number || '1', kind, station_code, subject, language, bookable_id, day, from_minute + 10, to_minute + 10, 'held',
        uuidv7(), booked_name, decision, rule_version, assigned_at, booked_at from booking where number = ${number}`
    await expect(again.execute(w.db)).rejects.toThrow('booking_nobody_twice')
    expect((await book(citizens[0]!, { subject: 'meeting-room', seats: 40, from: '15:00' })).body.code).toBe(
      'SLOT_TAKEN',
    )
  })

  test('somebody who clicks twice has one booking', async () => {
    const answers = await Promise.all([1, 2].map(() => book(citizens[3]!, { day: '2026-11-27' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const number = answers.find(({ status }) => status === 201)!.body.number
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'ALREADY_BOOKED',
      data: { number },
    })
  })

  test('moved, cancelled, kept and missed: each once, by whom it concerns', async () => {
    const first = await booked(citizens[0]!, { day: '2026-11-30' })
    const move = (more: object) =>
      citizens[0]!.post(`/api/v1/bookings/${first.number}/move`, {
        version: 1,
        day: '2026-11-30',
        from: '12:00',
        ...more,
      })
    expect((await move({})).body.code).toBe('OUTSIDE_HOURS')
    expect((await citizens[0]!.get(`/api/v1/bookings/${first.number}`)).body.state).toBe('held')
    expect(
      (await citizens[1]!.post(`/api/v1/bookings/${first.number}/cancellation`, { version: 1 })).status,
    ).toBe(404)
    const moved = (await move({ from: '15:00' })).body
    expect((await citizens[0]!.get(`/api/v1/bookings/${moved.number}`)).body).toMatchObject({
      replaces: first.number,
      from: '15:00',
    })
    expect((await move({ from: '16:00' })).body).toMatchObject({
      code: 'BOOKING_CLOSED',
      data: { state: 'moved' },
    })
    const settle = (outcome: string, version = 1) =>
      officer.post(`/api/v1/bookings/${moved.number}/outcome`, { version, outcome })
    expect((await settle('missed')).body.code).toBe('NOT_YET')
    w.setToday('2026-12-01')
    try {
      expect(
        (await elsewhere.post(`/api/v1/bookings/${moved.number}/outcome`, { version: 1, outcome: 'missed' }))
          .body.code,
      ).toBe('NOT_YOUR_STATION')
      expect((await settle('missed', 7)).body.code).toBe('CHANGED_MEANWHILE')
      expect((await settle('missed')).body.state).toBe('missed')
      expect((await settle('kept', 2)).body.code).toBe('BOOKING_CLOSED')
      expect((await told(citizens[0]!.accountId))?.titleZh).toContain('未按预约到场')
    } finally {
      w.setToday(today)
    }
    const given = await booked(citizens[0]!, { day: '2026-12-02' })
    expect(
      (await citizens[0]!.post(`/api/v1/bookings/${given.number}/cancellation`, { version: 1 })).body.state,
    ).toBe('cancelled')
  })

  test('who is away hands bookings on in turn, or frees them, and every booker is told', async () => {
    const day = '2026-12-04'
    const mine = await booked(citizens[1]!, { day })
    const other = await booked(citizens[2]!, { day, from: '10:00', subject: 'meeting-room', seats: 2 })
    const away = (bookableId: string | undefined) =>
      officer.post('/api/v1/bookings/absences', { bookableId, firstDay: day, lastDay: day, reason: '培训' })
    expect(
      (
        await elsewhere.post('/api/v1/bookings/absences', {
          bookableId: ids.get(mine.with),
          firstDay: day,
          lastDay: day,
          reason: '培训',
        })
      ).body.code,
    ).toBe('NOT_YOUR_STATION')
    expect((await away(ids.get(mine.with))).body).toMatchObject({ reassigned: [mine.number], freed: [] })
    const seen = (await citizens[1]!.get(`/api/v1/bookings/${mine.number}`)).body
    expect(seen.with).not.toBe(mine.with)
    expect(seen.decision).toMatchObject({
      replayed: true,
      excluded: expect.arrayContaining([{ id: ids.get(mine.with), because: 'absent' }]),
    })
    expect(seen.events.map(({ kind, before }: any) => [kind, before])).toEqual([
      ['booked', null],
      ['reassigned', mine.with],
    ])
    expect((await told(citizens[1]!.accountId))?.titleZh).toContain(`改由${seen.with}接待`)
    expect((await away(ids.get('调解室'))).body).toMatchObject({ reassigned: [], freed: [other.number] })
    expect(await told(citizens[2]!.accountId)).toMatchObject({
      titleZh: expect.stringContaining('无法保留'),
      bodyZh: expect.stringContaining('2026-12-07'),
    })
  })

  test('who may not: strangers see nothing, visitors book nothing, the calendar is for its station', async () => {
    const { number } = await booked(citizens[5]!, { day: '2026-12-07' })
    expect((await citizens[4]!.get(`/api/v1/bookings/${number}`)).status).toBe(404)
    expect((await elsewhere.get(`/api/v1/bookings/${number}`)).status).toBe(404)
    expect((await officer.get(`/api/v1/bookings/${number}`)).body.mine).toBe(false)
    expect((await book(w.as('visitor'))).status).toBe(401)
    expect((await w.as('citizen').get('/api/v1/bookings/calendar')).status).toBe(403)
    expect((await elsewhere.get(`/api/v1/bookings/calendar?station=${STATION}`)).body.code).toBe(
      'NOT_YOUR_STATION',
    )
    const { body } = await officer.get('/api/v1/bookings/calendar?from=2026-12-07')
    expect(body.bookings.map((one: any) => one.number)).toEqual([number])
    expect((await citizens[5]!.get('/api/v1/bookings')).body.items[0].number).toBe(number)
  })
})

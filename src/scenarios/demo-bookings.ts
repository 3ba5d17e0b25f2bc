import { addDays, type CalendarDate, date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import type { CreatedDemoAccount } from '../identity/public.ts'
import { recordAbsence } from '../services/absence.ts'
import { insertBookable, type NewDuty } from '../services/bookable.store.ts'
import { book, settleBooking } from '../services/booking-desk.ts'
import type { Role } from '../identity/roles.ts'
import { findBooking } from '../services/booking.store.ts'
import { freeSlots } from '../services/slots.ts'
import { recordAudit } from '../ledger/public.ts'
import { daysBefore } from './days-before.ts'

interface DemoBookable {
  readonly station: 0 | 1
  readonly name: string
  readonly skills?: readonly string[]
  readonly languages?: readonly string[]
  readonly seats?: number
  /** Days of duty; all weekdays unless told. */
  readonly weekdays?: readonly number[]
  /** Whose demo account sees what is booked with them. */
  readonly role?: Role
}

/** Synthetic people; what they can do are the skills that the zone's subjects ask for. */
const BOOKABLES: readonly DemoBookable[] = [
  { station: 0, name: '林晓', skills: ['filing', 'protection'] },
  { station: 0, name: '周正', skills: ['filing', 'overseas'], languages: ['zh', 'en'], role: 'expert' },
  { station: 0, name: '陈默', skills: ['filing', 'protection'], weekdays: [1, 3, 5] },
  { station: 0, name: '洽谈室一', seats: 6 },
  { station: 0, name: '洽谈室二', seats: 12 },
  { station: 1, name: '吴越', skills: ['mediation', 'protection'] },
  { station: 1, name: '郑好', skills: ['mediation'], languages: ['zh', 'en'] },
  { station: 1, name: '调解室', seats: 8 },
]

const WISHES = [
  { subject: 'filing-advice', station: 0, bookedAgo: 5, day: -3 },
  { subject: 'filing-advice', station: 0, bookedAgo: 5, day: -2 },
  { subject: 'protection-advice', station: 0, bookedAgo: 4, day: -1 },
  { subject: 'filing-advice', station: 0, bookedAgo: 2, day: 1 },
  { subject: 'filing-advice', station: 0, bookedAgo: 2, day: 1 },
  { subject: 'filing-advice', station: 0, bookedAgo: 1, day: 2 },
  { subject: 'overseas-advice', station: 0, bookedAgo: 1, day: 3 },
  { subject: 'meeting-room', station: 0, bookedAgo: 1, day: 2 },
  { subject: 'mediation', station: 1, bookedAgo: 3, day: 1 },
  { subject: 'mediation', station: 1, bookedAgo: 2, day: 4 },
  { subject: 'meeting-room', station: 1, bookedAgo: 2, day: 4 },
] as const

/** People on duty, rooms, and a week of bookings at two stations, one of them passed on since somebody is away. */
export async function plantBookings(
  tx: Tx,
  context: Context,
  accounts: readonly CreatedDemoAccount[],
): Promise<number> {
  const centre = context.zone.carriers.find(({ kind }) => kind === 'centre')?.id
  const stations = (['window', 'aid-centre'] as const).map((kind) =>
    context.zone.stations.find((one) => one.kind === kind && one.carrier === centre && one.hours !== null),
  )
  const officer = accounts.find(({ role }) => role === 'officer')
  if (officer === undefined) return 0
  const ids = await plantBookables(tx, context, stations, accounts)
  let planted = 0
  const first = accounts.findIndex(({ role }) => role === 'citizen')
  for (const [index, wish] of WISHES.entries()) {
    // One person is at one place at a time: each wish is another account's, the citizen's first.
    const booker = accounts[(first + index + accounts.length) % accounts.length]
    const station = stations[wish.station]
    if (booker !== undefined && station !== undefined)
      planted += await plantBooking(tx, context, { wish, station: station.id, booker, officer })
  }
  const away = ids.get('林晓')
  if (away !== undefined) {
    await recordAbsence(
      tx,
      { ...context, db: tx },
      { accountId: officer.accountId, name: officer.name },
      {
        bookableId: away,
        firstDay: addDays(context.today, 1),
        lastDay: addDays(context.today, 2),
        reason: '外出培训',
      },
    )
  }
  return planted
}

async function plantBookables(
  tx: Tx,
  context: Context,
  stations: readonly ({ readonly id: string } | undefined)[],
  accounts: readonly CreatedDemoAccount[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const {
    station,
    name,
    skills = [],
    languages = ['zh'],
    seats,
    weekdays = [1, 2, 3, 4, 5],
    role,
  } of BOOKABLES) {
    const code = stations[station]?.id
    if (code === undefined) continue
    const duties = weekdays.map((weekday): NewDuty => ({ weekday, fromMinute: 540, toMinute: 1050 }))
    const id = await insertBookable(
      tx,
      {
        kind: seats === undefined ? 'person' : 'room',
        stationCode: code,
        name,
        skills: [...skills],
        languages: seats === undefined ? [...languages] : [],
        seats: seats ?? null,
        accountId: accounts.find((one) => one.role === role)?.accountId ?? null,
        validFrom: addDays(context.today, -60),
        recordedBy: 'scenario',
        recordedAt: context.now,
      },
      duties,
    )
    ids.set(name, id)
  }
  await recordAudit(tx, context, {
    action: 'booking.bookable-added',
    subject: { kind: 'scenario', id: 'bookables' },
    detail: { count: ids.size },
  })
  return ids
}

interface Planting {
  readonly wish: (typeof WISHES)[number]
  readonly station: string
  readonly booker: CreatedDemoAccount
  readonly officer: CreatedDemoAccount
}

/** The first free slot on or after the day, as it was when the booking was made; settled when that is over. */
async function plantBooking(
  tx: Tx,
  context: Context,
  { wish, station, booker, officer }: Planting,
): Promise<number> {
  const then = daysBefore(tx, context, wish.bookedAgo)
  if (!context.zone.bookings.subjects.some(({ code }) => code === wish.subject)) return 0
  const wanted = { station, subject: wish.subject, language: 'zh', seats: null }
  const from: CalendarDate = date(addDays(context.today, wish.day))
  const days = await freeSlots(then, wanted, { from, days: 5 })
  const found = days
    .flatMap(({ day, slots }) => slots.map((slot) => ({ day, ...slot })))
    .find(({ free }) => free > 0)
  if (found === undefined) return 0
  const number = await book(
    tx,
    then,
    { accountId: booker.accountId, name: booker.name },
    { ...wanted, day: found.day, from: found.from, note: null },
  )
  const booking = await findBooking(tx, number)
  if (booking !== undefined && booking.day < context.today) {
    await settleBooking(
      tx,
      { ...context, db: tx },
      { booking, version: booking.version, by: officer.name, outcome: wish.day === -2 ? 'missed' : 'kept' },
    )
  }
  return 1
}

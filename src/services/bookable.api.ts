import { implementation, type Context } from '#platform/api.ts'
import { addDays, date } from '#platform/calendar.ts'
import { callerOf, findAccountByEmail } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { refused } from '../matters/public.ts'
import { bookables as contract } from './bookable.contract.ts'
import { findBookable, insertBookable } from './bookable.store.ts'
import { areHours, type Duty } from './duty.rules.ts'
import { endDuty, lastDayOf, linkAccount, setHours } from './duty.ts'
import { needPost } from './posts.ts'
import { minutesOf } from './slot.rules.ts'
import { stationOf } from './slots.ts'

const os = implementation(contract)

const add = os.add.handler(async ({ input, context, errors }) => {
  const { station, kind, name, skills, languages, seats, duties } = input
  stationOf(context, station)
  await needPost(context, station)
  const hours = hoursOf(duties)
  if (hours === undefined) throw errors.DUTY_BACKWARDS()
  if (kind === 'room' && seats === undefined) throw errors.SEATS_NEEDED()
  if (kind === 'person' && skills.length === 0) throw errors.SKILL_NEEDED()
  const person = kind === 'person'
  return context.write(async (tx) => {
    const id = await insertBookable(
      tx,
      {
        kind,
        stationCode: station,
        name,
        skills: person ? [...skills] : [],
        languages: person ? [...languages] : [],
        seats: person ? null : (seats ?? null),
        validFrom: context.today,
        recordedBy: callerOf(context).accountId,
        recordedAt: context.now,
      },
      hours.map(({ weekday, from, to }) => ({ weekday, fromMinute: from, toMinute: to })),
    )
    await recordAudit(tx, context, {
      action: 'booking.bookable-added',
      subject: { kind: 'bookable', id },
      detail: { station, kind },
    })
    return { id }
  })
})

/** Undefined where hours of one weekday overlap, or end before they begin. */
function hoursOf(given: readonly { weekday: number; from: string; to: string }[]): Duty[] | undefined {
  const duties = given.map(({ weekday, from, to }) => ({ weekday, from: minutesOf(from), to: minutesOf(to) }))
  const days = Map.groupBy(duties, ({ weekday }) => weekday).values()
  return days.every((spans) => areHours(spans)) ? duties : undefined
}

const hours = os.setHours.handler(async ({ input: { id, version, from, duties }, context, errors }) => {
  await kept(context, id)
  const wanted = hoursOf(duties)
  if (wanted === undefined) throw errors.DUTY_BACKWARDS()
  if (from < context.today) throw errors.DAY_PAST({ data: { today: context.today } })
  const by = callerOf(context)
  return context.write((tx) => setHours(tx, context, by, { id, version, from: date(from), duties: wanted }))
})

const end = os.end.handler(async ({ input: { id, version, lastDay, reason }, context, errors }) => {
  await kept(context, id)
  if (lastDay < context.today) throw errors.DAY_PAST({ data: { today: context.today } })
  const by = callerOf(context)
  const from = addDays(date(lastDay), 1)
  return context.write((tx) => endDuty(tx, context, by, { id, version, from, reason }))
})

const link = os.link.handler(async ({ input: { id, version, email }, context, errors }) => {
  const { kind } = await kept(context, id)
  if (kind === 'room') throw errors.ROOM_HAS_NO_ACCOUNT()
  const account = email === null ? null : await findAccountByEmail(context.db, email.toLowerCase())
  if (account === undefined && email !== null) throw errors.NO_SUCH_ACCOUNT({ data: { email } })
  return context.write((tx) => linkAccount(tx, context, { id, version, account: account ?? null }))
})

/** One of a station where the caller works, still on its list. */
async function kept(context: Context, id: string) {
  const found = await findBookable(context.db, id)
  if (found === undefined) throw refused('UNKNOWN_BOOKABLE', 404)
  await needPost(context, found.stationCode)
  const lastDay = lastDayOf(found)
  if (lastDay !== null && lastDay < context.today) throw refused('BOOKABLE_ENDED', 409, { lastDay })
  return found
}

export const bookablesApi = { add, setHours: hours, end, link }

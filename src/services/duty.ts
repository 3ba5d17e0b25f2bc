import type { Context } from '#platform/context.ts'
import { addDays, type CalendarDate, date } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { findCalendar, refused } from '../matters/public.ts'
import { notify } from '../notices/public.ts'
import {
  type Bookable,
  changeBookable,
  findBookable,
  listBookablesOf,
  replaceDuties,
} from './bookable.store.ts'
import type { Booker } from './booking-desk.ts'
import { type BookingRow, listHeldBy, lockBookingsOf } from './booking.store.ts'
import { dutiesOn, type Duty, nextChange } from './duty.rules.ts'
import { bookingNotice } from './notices.ts'
import { type PassedOn, passOn } from './passing-on.ts'
import { clockOf, lies, openingOf } from './slot.rules.ts'
import { stationOf } from './slots.ts'

const EVER = '9999-12-31'

interface Changing {
  readonly id: string
  readonly version: number
}

type Passed = PassedOn & { readonly version: number }

/** Other hours from a day on; what is booked outside them from that day is passed on, and each booker is told. */
export async function setHours(
  tx: Tx,
  context: Context,
  by: Booker,
  { id, version, from, duties }: Changing & { readonly from: CalendarDate; readonly duties: readonly Duty[] },
): Promise<Passed> {
  const { stationCode } = await take(tx, { id, version }, {})
  await replaceDuties(
    tx,
    id,
    from,
    duties.map(({ weekday, ...span }) => ({ weekday, fromMinute: span.from, toMinute: span.to })),
  )
  const held = await listHeldBy(tx, id, { from, to: EVER })
  const { calendar } = await findCalendar(tx, context.zone)
  const { hours } = stationOf(context, stationCode)
  const outside = ({ day, fromMinute, toMinute }: BookingRow) => {
    const { weekday } = openingOf(hours, date(day), calendar)
    const span = { from: fromMinute, to: toMinute }
    return !lies(
      span,
      duties.filter((duty) => duty.weekday === weekday),
    )
  }
  const passed = await passOn(tx, context, held.filter(outside), by)
  await recordAudit(tx, context, {
    action: 'booking.hours-changed',
    subject: { kind: 'bookable', id },
    detail: { from, hours: duties.length, ...passed },
  })
  return { version: version + 1, ...passed }
}

/** Nothing can be booked with it from a day on; what was booked for later is passed on. */
export async function endDuty(
  tx: Tx,
  context: Context,
  by: Booker,
  { id, version, from, reason }: Changing & { readonly from: CalendarDate; readonly reason: string },
): Promise<Passed> {
  await take(tx, { id, version }, { validTo: from })
  const passed = await passOn(tx, context, await listHeldBy(tx, id, { from, to: EVER }), by)
  await recordAudit(tx, context, {
    action: 'booking.bookable-ended',
    subject: { kind: 'bookable', id },
    detail: { lastDay: addDays(from, -1), reason, ...passed },
  })
  return { version: version + 1, ...passed }
}

/** From then on the account is told of its bookings and sees them; whoever stood there before no longer does. */
export async function linkAccount(
  tx: Tx,
  context: Context,
  {
    id,
    version,
    account,
  }: Changing & { readonly account: { readonly id: string; readonly name: string } | null },
): Promise<{ version: number; linkedTo: string | null }> {
  const before = await take(tx, { id, version }, { accountId: account?.id ?? null })
  if (account !== null) {
    const others = await listBookablesOf(tx, account.id, context.today)
    const twin = others.find((one) => one.id !== id && one.stationCode === before.stationCode)
    // One person is one row of a station's list: two would take turns against themselves.
    if (twin !== undefined) throw refused('LINKED_ALREADY', 409, { name: twin.name })
    const { names } = stationOf(context, before.stationCode)
    await notify(tx, context, {
      to: { accounts: [account.id] },
      kind: bookingNotice,
      subject: { kind: 'bookable', id },
      words: {
        zh: `${names.zh}把您列为值班人员“${before.name}”，预约您的人和时间在这里`,
        en: `${names.en} lists you as on duty (${before.name}); who booked you, and when, is here`,
      },
      href: '/bookings/duty',
    })
  }
  await recordAudit(tx, context, {
    action: account === null ? 'booking.account-unlinked' : 'booking.account-linked',
    subject: { kind: 'bookable', id },
    detail: { before: before.accountId, account: account?.id ?? null },
  })
  return { version: version + 1, linkedTo: account?.name ?? null }
}

/** Under the lock of its station; refused where somebody else changed it first. */
async function take(tx: Tx, { id, version }: Changing, changes: Parameters<typeof changeBookable>[2]) {
  const found = await findBookable(tx, id)
  if (found === undefined) throw refused('UNKNOWN_BOOKABLE', 404)
  await lockBookingsOf(tx, found.stationCode)
  if (!(await changeBookable(tx, { id, version }, changes))) throw refused('CHANGED_MEANWHILE', 409)
  return found
}

/** The hours in force today as people read them, and the day from which they will be others. */
export function shownHours({ duties }: Pick<Bookable, 'duties'>, today: string) {
  return {
    hours: dutiesOn(duties, today).map(({ weekday, from, to }) => ({
      weekday,
      from: clockOf(from),
      to: clockOf(to),
    })),
    changesOn: nextChange(duties, today) ?? null,
  }
}

export function lastDayOf({ validTo }: { readonly validTo: string | null }): string | null {
  return validTo === null ? null : addDays(date(validTo), -1)
}

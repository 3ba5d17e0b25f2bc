import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { notify } from '../notices/public.ts'
import type { BookingRow } from './booking.store.ts'
import { bookingNotice } from './notices.ts'
import { clockOf } from './slot.rules.ts'
import { stationOf } from './slots.ts'

function when({ zone }: Context, { stationCode, day, fromMinute }: BookingRow) {
  const names = stationOf({ zone }, stationCode).names
  return {
    zh: `${day} ${clockOf(fromMinute)}，${names.zh}`,
    en: `${day} ${clockOf(fromMinute)}, ${names.en}`,
  }
}

type Words = { readonly zh: string; readonly en: string }

/** Whoever booked it. */
export async function tellBooker(tx: Tx, context: Context, booking: BookingRow, words: Words, more?: Words) {
  const at = when(context, booking)
  await notify(tx, context, {
    to: { accounts: [booking.accountId] },
    kind: bookingNotice,
    subject: { kind: 'booking', id: booking.number },
    words: { zh: `${words.zh}：${at.zh}`, en: `${words.en}: ${at.en}` },
    ...(more && { more }),
    href: `/bookings/${booking.number}`,
  })
}

/** The person on duty, where they have an account. */
export async function tellBookable(tx: Tx, context: Context, booking: BookingRow, words: Words) {
  if (booking.bookableAccountId === null) return
  const at = when(context, booking)
  await notify(tx, context, {
    to: { accounts: [booking.bookableAccountId] },
    kind: bookingNotice,
    subject: { kind: 'booking', id: booking.number },
    words: { zh: `${words.zh}：${at.zh}`, en: `${words.en}: ${at.en}` },
    href: `/bookings/${booking.number}`,
  })
}

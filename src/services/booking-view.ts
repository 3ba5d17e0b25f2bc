import type { Context } from '#platform/context.ts'
import { refused } from '../matters/public.ts'
import { type BookingRow, findBooking } from './booking.store.ts'
import { clockOf } from './slot.rules.ts'

/** A booking as it stands after an act. */
export async function again(context: Context, number: string) {
  const row = await findBooking(context.db, number)
  if (row === undefined) throw refused('UNKNOWN_BOOKING', 404)
  return shown(context, row)
}

/** A code that the zone has no name for any more. */
const bare = (code: string) => ({ zh: code, en: code })

export function namedStation({ zone }: Pick<Context, 'zone'>, code: string) {
  return { code, names: zone.stations.find(({ id }) => id === code)?.names ?? bare(code) }
}

export function shown({ zone }: Pick<Context, 'zone'>, row: BookingRow) {
  const { stationCode, subject } = row
  return {
    number: row.number,
    kind: row.kind as 'person' | 'room',
    station: namedStation({ zone }, stationCode),
    subject: {
      code: subject,
      names: zone.bookings.subjects.find(({ code }) => code === subject)?.names ?? bare(subject),
    },
    language: row.language,
    day: row.day,
    from: clockOf(row.fromMinute),
    to: clockOf(row.toMinute),
    state: row.state as 'held',
    with: row.bookableName,
    note: row.note,
    bookedAt: row.bookedAt.toISOString(),
    version: row.version,
  }
}

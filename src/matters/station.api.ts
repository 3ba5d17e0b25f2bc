import { addMonths, date, type CalendarDate } from '#platform/calendar.ts'
import { implementation, type Context } from '#platform/api.ts'
import { dayStanding } from '#platform/working-days.ts'
import { beginStationPost, endStationPost } from '../identity/public.ts'
import { isStaff } from '../identity/roles.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Station } from '../zone/place.rules.ts'
import { findCalendar } from './calendar.store.ts'
import { matters } from './contract.ts'
import type { Procedures } from './define.ts'
import { lockMatter } from './matter.store.ts'
import { idCursor } from './opening.ts'
import { putBack } from './orphans.ts'
import { isInForce, named } from './procedure-view.ts'
import { countByStation, countOpenByProcedure, countResults, listHandled } from './rating.store.ts'
import { refused } from './refused.ts'
import { findStaffAccount, listInHand, listPosted, type Posted } from './staff.store.ts'
import { standingOf } from './standing.ts'

const os = implementation(matters)

export const stationApi = (procedures: Procedures) => ({
  stations: os.stations.handler(async ({ context }) => {
    const month = context.today.slice(0, 7)
    const counts = await countByStation(context.db, spanOf(month))
    return { month, items: context.zone.stations.map((one) => stationItem(context, one, counts)) }
  }),

  station: os.station.handler(async ({ input: { code, month }, context }) => {
    const station = find(context, code)
    const span = spanOf(month ?? context.today.slice(0, 7))
    const { db } = context
    const [counts, results, waiting, today] = await Promise.all([
      countByStation(db, spanOf(context.today.slice(0, 7))),
      countResults(db, { station: code, ...span }),
      countOpenByProcedure(db, code),
      openToday(context, station),
    ])
    const { duty, address, clauses, sample, hours } = station
    const graded = Object.entries(results.grades).map(([grade, count]) => [Number(grade), count] as const)
    const count = graded.reduce((sum, [, n]) => sum + n, 0)
    const total = graded.reduce((sum, [grade, n]) => sum + grade * n, 0)
    const { arrived, handled, inTime, outcomes, grades } = results
    return {
      ...stationItem(context, station, counts),
      duty,
      address,
      sample,
      hours,
      today,
      clauses: [...clauses],
      queueByProcedure: waiting.map((one) => ({
        ...named(procedures, one.code),
        open: one.open,
      })),
      procedures: [...procedures.values()]
        .filter((one) => isInForce(one, context.today) && one.stations.includes(station.kind))
        .map((one) => ({
          code: one.code,
          names: one.names,
        })),
      results: {
        month: span.from.slice(0, 7),
        arrived,
        handled,
        inTime,
        late: handled - inTime,
        outcomes,
        ratings: {
          count,
          average: count === 0 ? null : total / count,
          grades,
        },
      },
    }
  }),

  handled: os.handled.handler(async ({ input: { code, month, cursor, limit }, context }) => {
    find(context, code)
    const span = { station: code, ...spanOf(month ?? context.today.slice(0, 7)) }
    const rows = await listHandled(context.db, span, { after: idCursor(cursor), limit })
    const items = await Promise.all(
      rows.map(
        async ({
          matterId,
          number,
          procedureCode,
          applicantAccountId,
          organisationId,
          stationCode,
          ...row
        }) => {
          const procedure = procedures.get(procedureCode)
          const tied = { id: matterId, applicantAccountId, organisationId, stationCode, handlerId: null }
          const { side } =
            procedure === undefined
              ? { side: undefined }
              : await standingOf(context.db, context, procedure, tied)
          const { submittedOn, closedOn, outcome, inTime, grade } = row
          const shown = { submittedOn, closedOn, outcome, inTime, grade }
          return {
            ...shown,
            number: side === undefined ? null : number,
            procedure: named(procedures, procedureCode),
          }
        },
      ),
    )
    const { handled } = await countResults(context.db, span)
    return {
      total: handled,
      items,
      next: rows.length < limit ? null : (rows.at(-1)?.matterId ?? null),
      month: span.from.slice(0, 7),
    }
  }),

  posts: os.posts.handler(async ({ input: { code }, context }) => {
    find(context, code)
    return { items: (await listPosted(context.db, code, context.today)).map(postView) }
  }),

  post: os.post.handler(({ input: { code, accountId, from }, context, errors }) =>
    context.write(async (tx) => {
      find(context, code)
      const account = await findStaffAccount(tx, accountId)
      if (account === undefined) throw errors.UNKNOWN_ACCOUNT({ data: { accountId } })
      if (!isStaff(account.roles)) throw errors.NOT_STAFF({ data: { accountId } })
      const begun = await beginStationPost(tx, { accountId, stationId: code, validFrom: date(from) })
      const posted = (await listPosted(tx, code, context.today)).find((one) => one.accountId === accountId)!
      if (!begun) throw errors.POSTED_ALREADY({ data: { from: posted.validFrom } })
      await audit(tx, context, 'station.post-begun', posted)
      return postView(posted)
    }),
  ),

  endPost: os.endPost.handler(({ input: { code, id }, context, errors }) =>
    context.write(async (tx) => {
      find(context, code)
      const posted = (await listPosted(tx, code, context.today)).find(({ postId }) => postId === id)
      if (posted === undefined) throw errors.UNKNOWN_POST({ data: { id } })
      await endStationPost(tx, { accountId: posted.accountId, stationId: code }, context.today)
      const inHand = await listInHand(tx, code, posted.accountId)
      for (const matterId of inHand) {
        const matter = await lockMatter(tx, matterId)
        const procedure = matter && procedures.get(matter.procedureCode)
        if (matter === undefined || procedure === undefined || matter.handlerId !== posted.accountId) continue
        await putBack(tx, context, procedure, matter, 'post-ended')
      }
      await audit(tx, context, 'station.post-ended', posted)
      return { released: inHand.length }
    }),
  ),
})

function audit(
  tx: Parameters<typeof recordAudit>[0],
  context: Context,
  action: string,
  { postId, stationId, accountId }: Posted,
) {
  return recordAudit(tx, context, {
    action,
    subject: { kind: 'station-post', id: postId },
    detail: { station: stationId, account: accountId },
  })
}

function find({ zone }: Context, code: string): Station {
  const station = zone.stations.find(({ id }) => id === code)
  if (station === undefined) throw refused('UNKNOWN_STATION', 404, { code })
  return station
}

function spanOf(month: string): { from: CalendarDate; to: CalendarDate } {
  const from = date(`${month}-01`)
  return { from, to: addMonths(from, 1) }
}

function stationItem(
  { zone }: Context,
  station: Station,
  counts: Awaited<ReturnType<typeof countByStation>>,
) {
  const { id, kind, names, carrier } = station
  const mine = counts.find(({ stationCode }) => stationCode === id)
  const kindNames = zone.stationKinds[kind] ?? { zh: kind, en: kind }
  return { code: id, kind, kindNames, names, carrier, queue: mine?.open ?? 0, handled: mine?.handled ?? 0 }
}

async function openToday({ db, zone, today }: Context, { hours }: Station) {
  const { calendar } = await findCalendar(db, zone)
  const { kind, holiday } = dayStanding(today, calendar)
  const weekday = ((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
  // A make-up workday is worked like the Monday whose hours it takes.
  const day = kind === 'makeUpWorkday' ? 1 : weekday
  const closed = kind === 'holiday' || hours === null
  const sessions = closed
    ? []
    : hours.sessions.filter(({ days }) => days.includes(day)).map(({ opens, closes }) => ({ opens, closes }))
  return {
    on: today,
    open: sessions.length > 0,
    sessions,
    holiday: holiday === undefined ? null : { zh: holiday, en: holiday },
  }
}

function postView({ postId, accountId, name, roles, validFrom, validTo, inHand }: Posted) {
  return { id: postId, accountId, name, roles: [...roles], validFrom, validTo, inHand }
}

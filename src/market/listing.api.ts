import { type Context, implementation } from '#platform/api.ts'
import { hasRole } from '#platform/access.ts'
import { recordAudit } from '../ledger/public.ts'
import { nameKey } from '../parties/names.rules.ts'
import { resolveParty } from '../parties/public.ts'
import { inForceOn } from '../zone/patent.rules.ts'
import { market } from './listing.contract.ts'
import { confirmBy, hasEnded } from './listing.rules.ts'
import {
  changeListing,
  findListing,
  findListingEvents,
  findNamesOfParty,
  findOfferers,
  findStandingListing,
  insertListing,
  insertListingEvent,
  type ListingRow,
  lockListing,
  searchListings,
} from './listing.store.ts'
import { type FindRights, recheckListings } from './recheck.ts'

/** The market of listings; rights are looked up in the patents room, which the assembly hands in. */
export function marketApi(findRights: FindRights) {
  const os = implementation(market)

  const listings = os.listings.handler(async ({ input, context, errors }) => {
    const { cursor, limit, mine, ...search } = input
    const own = ownOf(context)
    const after = cursor === undefined ? undefined : placeOf(cursor)
    if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
    const { rows, total, states } = await searchListings(context.db, {
      ...search,
      ...(mine === 'yes' && { partyIds: own }),
      after,
      limit: limit + 1,
    })
    const offerers = await findOfferers(context.db, own ?? [])
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const terms = termsOf(context)
    return {
      asOf: context.today,
      total,
      states,
      offerers,
      terms:
        terms === undefined
          ? null
          : {
              from: terms.from,
              sample: terms.sample,
              confirmDays: terms.confirmDays,
              remindDaysBefore: terms.remindDaysBefore,
            },
      items: items.map(show),
      next: rows.length > limit && last ? `${last.listedOn}_${last.id}` : null,
    }
  })

  const listing = os.listing.handler(async ({ input: { id }, context, errors }) => {
    const { db } = context
    const found = await findListing(db, id)
    if (found === undefined) throw errors.UNKNOWN_LISTING()
    const events = await findListingEvents(db, id)
    return {
      ...show(found),
      mayAct: mayActFor(context, found.partyId),
      events: events.map((event) => ({
        ...event,
        kind: event.kind as 'listed',
        recordedAt: event.recordedAt.toISOString(),
      })),
    }
  })

  const offer = os.offer.handler(async ({ input, context, errors }) => {
    const { publicationNumber, industry, kind } = input
    const terms = termsOf(context)
    if (terms === undefined) throw errors.NO_TERMS()
    if (!knowsIndustry(context, industry)) throw errors.UNKNOWN_INDUSTRY({ data: { industry } })
    const right = (await findRights(context, [publicationNumber])).get(publicationNumber)
    if (right === undefined) throw errors.UNKNOWN_PATENT({ data: { publicationNumber } })
    const { legalStatus } = right
    if (hasEnded(legalStatus)) throw errors.RIGHT_ENDED({ data: { legalStatus } })
    return context.write(async (tx) => {
      const partyId = await resolveParty(tx, input.partyId)
      if (partyId === undefined) throw errors.UNKNOWN_PARTY({ data: { partyId: input.partyId } })
      if (!mayActFor(context, partyId)) throw errors.NOT_YOUR_ORGANISATION()
      const standing = await findStandingListing(tx, publicationNumber, kind)
      if (standing !== undefined) throw errors.ALREADY_LISTED({ data: { id: standing.id } })
      const names = new Set((await findNamesOfParty(tx, partyId)).map(nameKey))
      const { today, now } = context
      const id = await insertListing(tx, {
        ...input,
        partyId,
        applicationNumber: right.applicationNumber,
        title: right.title,
        holders: [...right.holders],
        holderMatches: right.holders.some((holder) => names.has(nameKey(holder))),
        state: 'active',
        listedOn: today,
        confirmedOn: today,
        confirmBy: confirmBy(today, terms),
        termsFrom: terms.from,
        legalStatus,
        statusCheckedAt: now,
      })
      await happened(context, { id, kind: 'listed', legalStatus })(tx)
      return { id }
    })
  })

  const confirm = os.confirm.handler(async ({ input: { id, version }, context, errors }) => {
    const terms = termsOf(context)
    if (terms === undefined) throw errors.NO_TERMS()
    const seen = await findListing(context.db, id)
    if (seen === undefined) throw errors.UNKNOWN_LISTING()
    const right = (await findRights(context, [seen.publicationNumber])).get(seen.publicationNumber)
    return context.write(async (tx) => {
      const found = await lockListing(tx, id)
      if (found === undefined) throw errors.UNKNOWN_LISTING()
      if (!mayActFor(context, found.partyId)) throw errors.NOT_YOUR_ORGANISATION()
      if (found.version !== version) throw errors.CHANGED({ data: { version: found.version } })
      if (found.state === 'withdrawn') throw errors.WITHDRAWN()
      const legalStatus = right?.legalStatus ?? found.legalStatus
      // What is no more cannot be offered again; a right that was restored can be listed anew.
      if (found.state === 'lapsed' || hasEnded(legalStatus))
        throw errors.RIGHT_ENDED({ data: { legalStatus } })
      const { today, now } = context
      await changeListing(tx, id, {
        state: 'active',
        confirmedOn: today,
        confirmBy: confirmBy(today, terms),
        termsFrom: terms.from,
        legalStatus,
        statusCheckedAt: now,
      })
      await happened(context, { id, kind: 'confirmed', legalStatus })(tx)
      return show((await findListing(tx, id))!)
    })
  })

  const withdraw = os.withdraw.handler(({ input: { id, version, reason }, context, errors }) =>
    context.write(async (tx) => {
      const found = await lockListing(tx, id)
      if (found === undefined) throw errors.UNKNOWN_LISTING()
      if (!mayActFor(context, found.partyId)) throw errors.NOT_YOUR_ORGANISATION()
      if (found.version !== version) throw errors.CHANGED({ data: { version: found.version } })
      if (found.state === 'withdrawn' || found.state === 'lapsed') throw errors.LEFT_ALREADY()
      await changeListing(tx, id, { state: 'withdrawn' })
      await happened(context, { id, kind: 'withdrawn', reason })(tx)
      return show((await findListing(tx, id))!)
    }),
  )

  const recheck = os.recheck.handler(async ({ context }) => {
    const done = await recheckListings(context, findRights)
    await context.write((tx) =>
      recordAudit(tx, context, {
        action: 'market.listings-rechecked',
        subject: { kind: 'marketListings', id: done.at },
        detail: { ...done },
      }),
    )
    return done
  })

  return { listings, listing, offer, confirm, withdraw, recheck }
}

function happened(
  context: Context,
  event: { id: string; kind: 'listed' | 'confirmed' | 'withdrawn'; legalStatus?: string; reason?: string },
) {
  const { id, kind, ...more } = event
  return async (tx: Parameters<Parameters<Context['write']>[0]>[0]) => {
    await insertListingEvent(tx, {
      ...more,
      listingId: id,
      kind,
      happenedOn: context.today,
      recordedBy: accountOf(context),
      recordedAt: context.now,
    })
    await recordAudit(tx, context, {
      action: `market.listing-${kind}`,
      subject: { kind: 'marketListing', id },
      detail: more,
    })
  }
}

function show(row: ListingRow) {
  return { ...row, statusCheckedAt: row.statusCheckedAt.toISOString() }
}

function termsOf({ zone, today }: Context) {
  return inForceOn(zone.listingTerms, today)
}

function knowsIndustry({ zone }: Context, industry: string): boolean {
  return zone.industries.some(({ groups }) =>
    groups.some(({ members }) => members.some(({ code }) => code === industry)),
  )
}

/** The parties whose listings the reader keeps: all of them for officers (undefined). */
function ownOf({ actor }: Pick<Context, 'actor'>): readonly string[] | undefined {
  if (hasRole(actor, 'officer', 'operator')) return undefined
  return hasRole(actor, 'enterprise', 'university', 'agency') && actor.kind === 'account'
    ? actor.organisationIds
    : []
}

/** Officers act for anybody; everyone else for the organisations they belong to. */
function mayActFor({ actor }: Pick<Context, 'actor'>, partyId: string): boolean {
  const own = ownOf({ actor })
  return own === undefined || own.includes(partyId)
}

function placeOf(cursor: string): { day: string; id: string } | undefined {
  const [, day, id] = /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? []
  if (day === undefined || id === undefined) return undefined
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? { day, id } : undefined
}

function accountOf({ actor }: Context): string {
  return actor.kind === 'account' ? actor.accountId : actor.kind
}

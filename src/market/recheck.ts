/** Looks at every listing again: whether its right still stands, and whether its owner has confirmed it in time. */
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { notify } from '../notices/public.ts'
import { inForceOn } from '../zone/patent.rules.ts'
import { type Verdict, verdictOn } from './listing.rules.ts'
import {
  changeListing,
  findToCheck,
  insertListingEvent,
  type ListingRow,
  lockListing,
  type ToCheck,
} from './listing.store.ts'
import { listingNotice } from './notices.ts'

/** A right as the corpus of patents knows it. */
export interface RightStanding {
  readonly publicationNumber: string
  readonly applicationNumber: string
  readonly title: string
  readonly holders: readonly string[]
  readonly legalStatus: string
  readonly legalStatusOn: string | null
}

/** Looks rights up by publication number; the patents room answers, and is handed in by the assembly. */
export type FindRights = (
  context: Context,
  publicationNumbers: readonly string[],
) => Promise<ReadonlyMap<string, RightStanding>>

export interface Recheck {
  readonly checked: number
  readonly lapsed: number
  readonly faded: number
  readonly reminded: number
  readonly at: string
}

export async function recheckListings(context: Context, findRights: FindRights): Promise<Recheck> {
  const listings = await findToCheck(context.db)
  const rights = await findRights(
    context,
    listings.map(({ publicationNumber }) => publicationNumber),
  )
  const done: Record<Verdict, number> = { keep: 0, remind: 0, fade: 0, lapse: 0 }
  for (const listing of listings) {
    const right = rights.get(listing.publicationNumber)
    done[await settle(context, listing, right?.legalStatus ?? listing.legalStatus)] += 1
  }
  return {
    checked: listings.length,
    lapsed: done.lapse,
    faded: done.fade,
    reminded: done.remind,
    at: context.now.toISOString(),
  }
}

/** One listing, one transaction: what one of them meets does not keep the others on the market. */
async function settle(context: Context, seen: ToCheck, legalStatus: string): Promise<Verdict> {
  const terms = inForceOn(context.zone.listingTerms, context.today)
  const judged = verdictOn(context.today, { ...seen, legalStatus }, terms ?? { remindDaysBefore: 0 })
  if (judged === 'keep' && legalStatus === seen.legalStatus) return 'keep'
  return context.write(async (tx) => {
    const listing = await lockListing(tx, seen.id)
    if (listing === undefined || (listing.state !== 'active' && listing.state !== 'faded')) return 'keep'
    // It may have been confirmed since it was looked at.
    const { confirmBy, state } = listing
    const verdict = verdictOn(
      context.today,
      { ...seen, state, confirmBy, legalStatus },
      terms ?? { remindDaysBefore: 0 },
    )
    await carryOut(tx, context, listing, { verdict, legalStatus })
    return verdict
  })
}

const OUTCOMES = {
  keep: { state: undefined, event: undefined, action: 'market.listing-status-read' },
  remind: { state: undefined, event: 'reminded', action: 'market.listing-reminded' },
  fade: { state: 'faded', event: 'faded', action: 'market.listing-faded' },
  lapse: { state: 'lapsed', event: 'lapsed', action: 'market.listing-lapsed' },
} as const

async function carryOut(
  tx: Tx,
  context: Context,
  listing: ListingRow,
  { verdict, legalStatus }: { readonly verdict: Verdict; readonly legalStatus: string },
): Promise<void> {
  const { id } = listing
  const { state, event, action } = OUTCOMES[verdict]
  await changeListing(tx, id, {
    legalStatus,
    statusCheckedAt: context.now,
    ...(state !== undefined && { state }),
  })
  if (event !== undefined) {
    await insertListingEvent(tx, {
      listingId: id,
      kind: event,
      legalStatus,
      happenedOn: context.today,
      recordedBy: 'system',
      recordedAt: context.now,
    })
    await tell(tx, context, listing, event)
  }
  await recordAudit(tx, context, {
    action,
    subject: { kind: 'marketListing', id },
    detail: { publicationNumber: listing.publicationNumber, before: listing.legalStatus, legalStatus },
  })
}

/** The owner learns of it, and the officers of what left the market because the right has ended. */
async function tell(
  tx: Tx,
  context: Context,
  { id, publicationNumber, partyId, confirmBy }: ListingRow,
  event: 'reminded' | 'faded' | 'lapsed',
): Promise<void> {
  const words = {
    reminded: {
      zh: `挂牌 ${publicationNumber} 须在 ${confirmBy} 前确认，逾期下架`,
      en: `Confirm the listing of ${publicationNumber} before ${confirmBy}, or it leaves the market`,
    },
    faded: {
      zh: `挂牌 ${publicationNumber} 逾期未确认，已下架`,
      en: `The listing of ${publicationNumber} was not confirmed and has left the market`,
    },
    lapsed: {
      zh: `${publicationNumber} 的权利已终止，挂牌已下架`,
      en: `The right ${publicationNumber} has ended; its listing has left the market`,
    },
  }[event]
  await notify(tx, context, {
    to:
      event === 'lapsed' ? [{ organisation: partyId }, { roles: ['operator'] }] : [{ organisation: partyId }],
    kind: listingNotice,
    subject: { kind: 'marketListing', id },
    words,
    href: `/market/${id}`,
    once: `${id}-${event}-${confirmBy}`,
  })
}

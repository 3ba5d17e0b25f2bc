import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { findCalendar, moveMatter, refused } from '../matters/public.ts'
import type { Matter } from '../matters/define.ts'
import type { OfferingAgency } from './agency.store.ts'
import { offerOf, tellAgencies, type OrderAnswers } from './order.effects.ts'
import { canBeTaken, deliveryDue } from './order.rules.ts'
import { insertDelivery, insertQuote, listQuotes, type Quote, settleQuotes } from './order.store.ts'
import { specialServiceOrder } from './procedures.ts'

export type Order = Matter<OrderAnswers>

interface Acting {
  readonly order: Order
  readonly agency: OfferingAgency
  readonly accountId: string
}

export interface Quoting {
  readonly priceFen: number
  readonly scope: string
  readonly days: number
  readonly dayUnit: 'workingDays' | 'calendarDays'
  readonly validUntil: string
}

/** The offer under which an agency may quote; refused where it may not, or not any more. */
function mayQuote(
  context: Context,
  order: Order,
  agency: OfferingAgency,
  { validUntil }: Pick<Quoting, 'validUntil'>,
) {
  const { today } = context
  const offer = offerOf(context, order.answers.service)
  if (offer === undefined || !agency.present || !agency.classes.includes(offer.class))
    throw refused('NOT_OFFERED_BY_YOU', 403, { service: order.answers.service })
  if (agency.partyId === order.applicant.organisationId) throw refused('OWN_ORDER', 409)
  if (validUntil < today) throw refused('VALID_UNTIL_PAST', 422, { today })
  if (order.state !== 'open' && order.state !== 'quoted')
    throw refused('ORDER_CLOSED', 409, { state: order.state })
  return offer
}

/** A quote of an agency; one that it gave before is replaced by it. All of it under the lock of the order. */
export async function placeQuote(
  tx: Tx,
  context: Context,
  { order, agency, accountId }: Acting,
  quoting: Quoting,
): Promise<string> {
  const { today, now, zone } = context
  const offer = mayQuote(context, order, agency, quoting)
  const before = (await listQuotes(tx, order.id, today)).filter(
    ({ agencyId, state }) => agencyId === agency.id && state === 'standing',
  )
  await settleQuotes(
    tx,
    before.map(({ id }) => id),
    { state: 'replaced', at: now },
  )
  const id = await insertQuote(tx, {
    ...quoting,
    matterId: order.id,
    agencyId: agency.id,
    serviceClass: offer.class,
    currency: zone.currency,
    state: 'standing',
    quotedBy: accountId,
    quotedOn: today,
    quotedAt: now,
  })
  if (order.state === 'open') {
    await moveMatter(tx, context, specialServiceOrder, {
      id: order.id,
      step: 'firstQuote',
      by: agency.name,
    })
  }
  await recordAudit(tx, context, {
    action: 'service-order.quoted',
    subject: { kind: 'service-quote', id },
    detail: { order: order.number, agency: agency.code, replaces: before[0]?.id },
  })
  return id
}

/** An agency takes its quote back; when none is left the request waits for quotes again. */
export async function withdrawQuote(
  tx: Tx,
  context: Context,
  { order, agency }: Acting,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<void> {
  const quotes = await listQuotes(tx, order.id, context.today)
  const quote = quotes.find((one) => one.id === id && one.agencyId === agency.id)
  if (quote === undefined) throw refused('UNKNOWN_QUOTE', 404)
  if (quote.state !== 'standing') throw refused('QUOTE_SETTLED', 409, { state: quote.state })
  await settleQuotes(tx, [id], { state: 'withdrawn', reason, at: context.now })
  const left = quotes.some((one) => one.state === 'standing' && one.id !== id)
  if (!left && order.state === 'quoted') {
    await moveMatter(tx, context, specialServiceOrder, {
      id: order.id,
      step: 'quotesGone',
      by: agency.name,
      note: reason,
    })
  }
  await recordAudit(tx, context, {
    action: 'service-order.quote-withdrawn',
    subject: { kind: 'service-quote', id },
    detail: { order: order.number, agency: agency.code, reason },
  })
}

/** The client takes one quote; the others are settled and their agencies told, in the same transaction. */
export async function takeQuote(
  tx: Tx,
  context: Context,
  order: Order,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<void> {
  const { today, now, zone } = context
  const quotes = await listQuotes(tx, order.id, today)
  const quote = quotes.find((one) => one.id === id)
  if (quote === undefined) throw refused('UNKNOWN_QUOTE', 404)
  const taken = quotes.find(({ state }) => state === 'taken')
  if (taken !== undefined) throw refused('ALREADY_TAKEN', 409, { agency: taken.agencyName })
  if (order.state !== 'quoted') throw refused('ORDER_CLOSED', 409, { state: order.state })
  if (quote.state !== 'standing') throw refused('QUOTE_SETTLED', 409, { state: quote.state })
  if (!canBeTaken(quote, today)) throw refused('QUOTE_EXPIRED', 409, { validUntil: quote.validUntil })
  const { calendar, version } = await findCalendar(tx, zone)
  const dueOn = deliveryDue(quote, today, calendar)
  await settleQuotes(tx, [id], { state: 'taken', at: now, dueOn, calendar: version })
  const others = quotes.filter((one) => one.state === 'standing' && one.id !== id)
  await settleQuotes(
    tx,
    others.map((one) => one.id),
    { state: 'not-taken', at: now },
  )
  await moveMatter(tx, context, specialServiceOrder, { id: order.id, step: 'take', by })
  await tellOfChoice(tx, context, order, { quote, others, dueOn })
  await recordAudit(tx, context, {
    action: 'service-order.quote-taken',
    subject: { kind: 'service-quote', id },
    detail: { order: order.number, agency: quote.agencyCode, priceFen: quote.priceFen, dueOn },
  })
}

async function tellOfChoice(
  tx: Tx,
  context: Context,
  order: Order,
  { quote, others, dueOn }: { quote: Quote; others: readonly Quote[]; dueOn: string },
): Promise<void> {
  await tellAgencies(tx, context, order, {
    parties: [quote.partyId],
    words: {
      zh: `您对 ${order.number} 的报价已被选定，请于 ${dueOn} 前交付`,
      en: `Your quote for ${order.number} was taken; delivery is due by ${dueOn}`,
    },
  })
  await tellAgencies(tx, context, order, {
    parties: others.map(({ partyId }) => partyId),
    words: {
      zh: `${order.number} 选定了另一家机构的报价`,
      en: `Another quote was taken for ${order.number}`,
    },
  })
}

async function ownTaken(tx: Tx, { today }: Context, { order, agency }: Acting): Promise<Quote> {
  const quotes = await listQuotes(tx, order.id, today)
  const quote = quotes.find(({ state, agencyId }) => state === 'taken' && agencyId === agency.id)
  if (quote === undefined) throw refused('NOT_YOUR_ORDER', 403)
  if (order.state !== 'working') throw refused('ORDER_CLOSED', 409, { state: order.state })
  return quote
}

/** The agency cannot do it after all: the request is open for quotes again. */
export async function giveBack(
  tx: Tx,
  context: Context,
  acting: Acting,
  { reason }: { readonly reason: string },
): Promise<void> {
  const { order, agency } = acting
  const quote = await ownTaken(tx, context, acting)
  await settleQuotes(tx, [quote.id], { state: 'given-back', reason, at: context.now })
  await moveMatter(tx, context, specialServiceOrder, {
    id: order.id,
    step: 'giveBack',
    by: agency.name,
    note: reason,
  })
  const others = (await listQuotes(tx, order.id, context.today)).filter(({ state }) => state === 'not-taken')
  await tellAgencies(tx, context, order, {
    parties: others.map(({ partyId }) => partyId),
    words: {
      zh: `${order.number} 重新开放报价`,
      en: `${order.number} is open for quotes again`,
    },
  })
  await recordAudit(tx, context, {
    action: 'service-order.given-back',
    subject: { kind: 'service-quote', id: quote.id },
    detail: { order: order.number, agency: agency.code, reason },
  })
}

/** Hands the work over for the client to judge, with the files that were uploaded for it. */
export async function deliver(
  tx: Tx,
  context: Context,
  acting: Acting,
  { description }: { readonly description: string },
): Promise<void> {
  const { order, agency, accountId } = acting
  const quote = await ownTaken(tx, context, acting)
  const id = await insertDelivery(tx, {
    quoteId: quote.id,
    matterId: order.id,
    description,
    deliveredBy: accountId,
    deliveredOn: context.today,
    deliveredAt: context.now,
  })
  await moveMatter(tx, context, specialServiceOrder, { id: order.id, step: 'deliver', by: agency.name })
  await recordAudit(tx, context, {
    action: 'service-order.delivered',
    subject: { kind: 'service-delivery', id },
    detail: { order: order.number, agency: agency.code },
  })
}

/** The quote under which an agency may put files on record now. */
export function quoteInWork(tx: Tx, context: Context, acting: Acting): Promise<Quote> {
  return ownTaken(tx, context, acting)
}

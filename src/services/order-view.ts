import type { Context } from '#platform/context.ts'
import { hasRole } from '#platform/access.ts'
import { date } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { listStationsOf } from '../identity/public.ts'
import { stateOf } from '../matters/procedure.rules.ts'
import { findCalendar, findMatter } from '../matters/public.ts'
import { findOwnAgencies, type OfferingAgency } from './agency.store.ts'
import { offerOf } from './order.effects.ts'
import { canBeTaken, compareOffers, SPECIAL_SERVICES } from './order.rules.ts'
import {
  type Delivery,
  type DeliveryFile,
  findFiledService,
  findOrderRating,
  listDeliveries,
  listDeliveryFiles,
  listQuotes,
  type Quote,
} from './order.store.ts'
import type { Order } from './ordering.ts'
import { specialServiceOrder } from './procedures.ts'

/** How the caller stands to an order. An agency that may not quote and never did learns nothing of it. */
export type Side =
  | { readonly kind: 'client' }
  | { readonly kind: 'office' }
  | { readonly kind: 'agency'; readonly agency: OfferingAgency }

export interface OpenedOrder {
  readonly order: Order
  readonly side: Side
  readonly quotes: readonly Quote[]
}

/** The order if the caller may see it; within a transaction it is read as it stands there. */
export async function openOrder(
  context: Context,
  number: string,
  db: Db = context.db,
): Promise<OpenedOrder | undefined> {
  const { actor, today } = context
  const matter = await findMatter(db, number)
  if (matter === undefined || matter.procedure !== specialServiceOrder.code || actor.kind !== 'account')
    return undefined
  // The form of the procedure has checked these answers when it was filed.
  const order = matter as unknown as Order
  const { accountId, organisationIds } = actor
  const quotes = await listQuotes(db, order.id, today)
  const { applicant } = order
  if (
    applicant.accountId === accountId ||
    (applicant.organisationId !== null && organisationIds.includes(applicant.organisationId))
  )
    return { order, side: { kind: 'client' }, quotes }
  if (
    hasRole(actor, 'officer', 'operator') &&
    (await listStationsOf(db, accountId, today)).includes(order.station)
  )
    return { order, side: { kind: 'office' }, quotes }
  const agency = hasRole(actor, 'agency') ? await agencyFor(context, order, quotes, db) : undefined
  return agency && { order, side: { kind: 'agency', agency }, quotes }
}

async function agencyFor(context: Context, order: Order, quotes: readonly Quote[], db: Db) {
  if (context.actor.kind !== 'account') return undefined
  const own = await findOwnAgencies(db, context.actor.organisationIds, context.today)
  const quoted = own.find(({ id }) => quotes.some(({ agencyId }) => agencyId === id))
  if (quoted !== undefined) return quoted
  const offer = offerOf(context, order.answers.service)
  const open = order.state === 'open' || order.state === 'quoted'
  return open
    ? own.find(({ present, classes }) => present && offer !== undefined && classes.includes(offer.class))
    : undefined
}

export async function orderView(context: Context, number: string) {
  const opened = await openOrder(context, number)
  if (opened === undefined) return undefined
  const { order, side, quotes } = opened
  const { db } = context
  const own = (quote: Pick<Quote, 'agencyId'>) => side.kind === 'agency' && quote.agencyId === side.agency.id
  const taken = quotes.find(({ state }) => state === 'taken')
  const works = side.kind !== 'agency' || (taken !== undefined && own(taken))
  const [deliveries, files, rating, filed, shown] = await Promise.all([
    works ? listDeliveries(db, order.id) : [],
    works ? listDeliveryFiles(db, order.id) : [],
    works ? findOrderRating(db, order.id) : undefined,
    works && taken !== undefined ? findFiledService(db, taken.agencyId, order.number) : undefined,
    quotesView(context, opened),
  ])
  const { answers } = order
  const text = (name: string) => {
    const value = (answers as unknown as Readonly<Record<string, unknown>>)[name]
    return value === undefined ? null : String(value)
  }
  const money = (name: string) => (text(name) === null ? null : Number(text(name)))
  return {
    number: order.number,
    title: answers.title,
    service: serviceNamed(answers.service),
    state: order.state as 'open',
    stateNames: stateNames(order.state),
    version: order.version,
    purpose: text('purpose') ?? '',
    budgetFrom: money('budgetFrom'),
    budgetTo: money('budgetTo'),
    neededBy: text('neededBy'),
    submittedOn: order.submittedOn,
    client: works ? order.applicant.name : null,
    mayReadContact: side.kind === 'agency' && works,
    side: side.kind,
    quotes: shown.filter(({ mine }) => side.kind !== 'agency' || mine),
    deliveries: deliveries.map((one) => deliveryView(one, files)),
    waitingFiles:
      side.kind === 'agency' ? files.filter(({ deliveryId }) => deliveryId === null).map(fileView) : [],
    filed: filed ? { reference: order.number, servedOn: filed.servedOn, matterType: filed.matterType } : null,
    rating: rating ? { ...rating, ratedAt: rating.ratedAt.toISOString() } : null,
  }
}

async function quotesView(context: Context, { order, side, quotes }: OpenedOrder) {
  const { today, db, zone } = context
  const { calendar } = await findCalendar(db, zone)
  const answers = order.answers as unknown as Readonly<Record<string, unknown>>
  const budgetTo = typeof answers['budgetTo'] === 'number' ? answers['budgetTo'] : null
  const compared = new Map(
    compareOffers(quotes, budgetTo, today, calendar).map((one) => [one.id, one] as const),
  )
  return quotes.map((quote) => {
    const found = compared.get(quote.id)
    return {
      id: quote.id,
      agency: { code: quote.agencyCode, name: quote.agencyName },
      priceFen: quote.priceFen,
      currency: quote.currency,
      scope: quote.scope,
      days: quote.days,
      dayUnit: quote.dayUnit,
      validUntil: quote.validUntil,
      state: quote.state,
      expired: quote.state === 'standing' && !canBeTaken(quote, today),
      reason: quote.reason,
      quotedAt: quote.quotedAt.toISOString(),
      dueOn: quote.dueOn ?? found?.dueOn ?? null,
      late: isLate(order.state, quote, today),
      // An agency learns nothing of the others by comparing.
      compared:
        found === undefined || side.kind === 'agency'
          ? null
          : { lowestPrice: found.lowestPrice, soonest: found.soonest, withinBudget: found.withinBudget },
      mine: side.kind === 'agency' && quote.agencyId === side.agency.id,
    }
  })
}

export function isLate(
  orderState: string,
  { state, dueOn }: { readonly state: string | null; readonly dueOn: string | null },
  today: string,
): boolean {
  return orderState === 'working' && state === 'taken' && dueOn !== null && date(dueOn) < today
}

export function stateNames(state: string) {
  return stateOf(specialServiceOrder, state)?.names ?? { zh: state, en: state }
}

export function serviceNamed(code: string) {
  const known = Object.entries(SPECIAL_SERVICES).find(([one]) => one === code)?.[1]
  return { code, names: known === undefined ? { zh: code, en: code } : { zh: known.zh, en: known.en } }
}

function deliveryView(delivery: Delivery, files: readonly DeliveryFile[]) {
  const { id, description, deliveredAt, accepted, reworkReason } = delivery
  return {
    id,
    description,
    deliveredAt: deliveredAt.toISOString(),
    accepted,
    reworkReason,
    files: files.filter(({ deliveryId }) => deliveryId === id).map(fileView),
  }
}

function fileView({ id, fileName, mediaType, bytes, fileHash }: DeliveryFile) {
  return { id, fileName, mediaType, bytes, sha256: fileHash }
}

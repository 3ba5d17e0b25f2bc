import { yearOf } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'
import type { Matter } from '../matters/define.ts'
import { notify } from '../notices/public.ts'
import { resolveParty } from '../parties/public.ts'
import { findAgenciesOffering } from './agency.store.ts'
import { orderNotice } from './notices.ts'
import { SPECIAL_SERVICES, type SpecialServiceCode } from './order.rules.ts'
import { answerDelivery, listQuotes, type Quote, settleQuotes } from './order.store.ts'
import { insertServiceRecords } from './store.ts'

export interface OrderAnswers {
  readonly service: SpecialServiceCode
  readonly title: string
}
type Order = Matter<OrderAnswers>
type Words = { readonly zh: string; readonly en: string }

/** How the zone offers one of the special services; undefined where it does not. */
export function offerOf({ zone }: Pick<Context, 'zone'>, service: string) {
  return zone.specialServices.services.find(({ code }) => code === service)
}

/** Tells agencies of an order, each on its own page of it. */
export async function tellAgencies(
  tx: Tx,
  context: Context,
  { number }: Pick<Order, 'number'>,
  told: { readonly parties: readonly string[]; readonly words: Words },
): Promise<void> {
  if (told.parties.length === 0) return
  await notify(tx, context, {
    to: told.parties.map((organisation) => ({ organisation })),
    kind: orderNotice,
    subject: { kind: 'service-order', id: number },
    words: told.words,
    href: `/work/orders/${number}`,
  })
}

/** Agencies that offer the class learn of a request, except the one that asks. */
export async function announce(tx: Tx, context: Context, order: Order): Promise<void> {
  const offer = offerOf(context, order.answers.service)
  if (offer === undefined) return
  const { zh, en } = SPECIAL_SERVICES[order.answers.service]
  const agencies = await findAgenciesOffering(tx, offer.class, context.today)
  await tellAgencies(tx, context, order, {
    parties: agencies
      .map(({ partyId }) => partyId)
      .filter((party) => party !== order.applicant.organisationId),
    words: {
      zh: `新的${zh}需求 ${order.number}，可以报价`,
      en: `A request for quotes: ${en}, ${order.number}`,
    },
  })
}

/** What stands when a request ends without a service: every quote is settled, and who gave it is told. */
const endQuotes =
  (words: (number: string) => Words) =>
  async (tx: Tx, context: Context, order: Order): Promise<void> => {
    const standing = (await listQuotes(tx, order.id, context.today)).filter(
      ({ state }) => state === 'standing',
    )
    await settleQuotes(
      tx,
      standing.map(({ id }) => id),
      { state: 'not-taken', at: context.now },
    )
    await tellAgencies(tx, context, order, {
      parties: standing.map(({ partyId }) => partyId),
      words: words(order.number),
    })
  }

export const endWithdrawn = endQuotes((number) => ({
  zh: `需求 ${number} 已由委托方撤回，报价随之结束`,
  en: `The request ${number} was withdrawn by the client; your quote ends with it`,
}))

export const endLapsed = endQuotes((number) => ({
  zh: `需求 ${number} 逾期未成交，报价随之结束`,
  en: `The request ${number} lapsed without a choice; your quote ends with it`,
}))

function taken(quotes: readonly Quote[], { number }: Order): Quote {
  const quote = quotes.find(({ state }) => state === 'taken')
  if (quote === undefined) throw new BrokenInvariant(`no quote of the order ${number} was taken`)
  return quote
}

/** The delivery is accepted: the order becomes a service on record, and counts where services are counted. */
export async function fileService(tx: Tx, context: Context, order: Order): Promise<void> {
  const quote = taken(await listQuotes(tx, order.id, context.today), order)
  const clientId =
    order.applicant.organisationId === null
      ? undefined
      : await resolveParty(tx, order.applicant.organisationId)
  if (clientId === undefined) throw new BrokenInvariant(`the order ${order.number} has no organisation`)
  await answerDelivery(tx, order.id, { accepted: true, reason: null, at: context.now })
  await insertServiceRecords(tx, [
    {
      agencyId: quote.agencyId,
      clientId,
      reference: order.number,
      matterType: SPECIAL_SERVICES[order.answers.service].matterType,
      serviceClass: quote.serviceClass,
      servedOn: context.today,
      source: 'service-order',
      recordedAt: context.now,
    },
  ])
  await tellAgencies(tx, context, order, {
    parties: [quote.partyId],
    words: {
      zh: `订单 ${order.number} 已验收，计入 ${yearOf(context.today)} 年服务业绩`,
      en: `The order ${order.number} was accepted and stands among your services of ${yearOf(context.today)}`,
    },
  })
}

export async function askRework(
  tx: Tx,
  context: Context,
  order: Order,
  { why }: { readonly why: string },
): Promise<void> {
  const quote = taken(await listQuotes(tx, order.id, context.today), order)
  await answerDelivery(tx, order.id, { accepted: false, reason: why, at: context.now })
  await tellAgencies(tx, context, order, {
    parties: [quote.partyId],
    words: { zh: `订单 ${order.number} 需要返工`, en: `Rework is asked for on the order ${order.number}` },
  })
}

export async function cancelOrder(
  tx: Tx,
  context: Context,
  order: Order,
  { why }: { readonly why: string },
): Promise<void> {
  const quote = taken(await listQuotes(tx, order.id, context.today), order)
  await settleQuotes(tx, [quote.id], { state: 'cancelled', reason: why, at: context.now })
  await tellAgencies(tx, context, order, {
    parties: [quote.partyId],
    words: {
      zh: `订单 ${order.number} 已由委托方解除`,
      en: `The order ${order.number} was cancelled by the client`,
    },
  })
}

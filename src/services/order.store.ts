import { sql, type Insertable, type Selectable } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Database, Db, Tx } from '#platform/database.ts'
import { believedAgencies } from './agency.store.ts'
import type { QuoteState } from './order.rules.ts'

export interface Quote {
  readonly id: string
  readonly matterId: string
  readonly agencyId: string
  readonly agencyCode: string
  readonly agencyName: string
  readonly partyId: string
  readonly serviceClass: string
  readonly priceFen: number
  readonly currency: string
  readonly scope: string
  readonly days: number
  readonly dayUnit: 'workingDays' | 'calendarDays'
  readonly validUntil: CalendarDate
  readonly state: QuoteState
  readonly reason: string | null
  readonly quotedAt: Date
  readonly dueOn: CalendarDate | null
}

/** Every quote for an order with the agency as it is named today, the oldest first. */
export async function listQuotes(db: Db, matterId: string, on: CalendarDate): Promise<Quote[]> {
  const { rows } = await sql<Quote>`
    select quote.id, quote.matter_id, quote.agency_id, agency.code as agency_code, agency.name as agency_name, agency.party_id,
      quote.service_class, quote.price_fen, quote.currency, quote.scope, quote.days, quote.day_unit, quote.valid_until,
      quote.state, quote.reason, quote.quoted_at, quote.due_on
    from service_quote quote join (${believedAgencies(on)}) agency on agency.id = quote.agency_id
    where quote.matter_id = ${matterId} order by quote.id`.execute(db)
  return rows
}

/** Holds the order until the transaction ends, so that quotes, takings and withdrawals come one after the other. */
export async function lockOrder(tx: Tx, number: string): Promise<void> {
  await sql`select id from matter where number = ${number} for update`.execute(tx)
}

export async function insertQuote(tx: Tx, quote: Insertable<Database['serviceQuote']>): Promise<string> {
  const { id } = await tx.insertInto('serviceQuote').values(quote).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function settleQuotes(
  tx: Tx,
  ids: readonly string[],
  settled: {
    readonly state: Exclude<QuoteState, 'standing'>
    readonly reason?: string
    readonly at: Date
    readonly dueOn?: CalendarDate
    readonly calendar?: string
  },
): Promise<void> {
  if (ids.length === 0) return
  const { state, reason, at, dueOn, calendar } = settled
  await tx
    .updateTable('serviceQuote')
    .set({
      state,
      reason: reason ?? null,
      settledAt: at,
      ...(dueOn !== undefined && calendar !== undefined && { dueOn, calendar }),
    })
    .where('id', 'in', [...ids])
    .execute()
}

export type Delivery = Selectable<Database['serviceDelivery']>
export type DeliveryFile = Selectable<Database['serviceDeliveryFile']>

export function listDeliveries(db: Db, matterId: string): Promise<Delivery[]> {
  return db.selectFrom('serviceDelivery').selectAll().where('matterId', '=', matterId).orderBy('id').execute()
}

export async function insertDelivery(
  tx: Tx,
  delivery: Insertable<Database['serviceDelivery']>,
): Promise<string> {
  const { id } = await tx
    .insertInto('serviceDelivery')
    .values(delivery)
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('serviceDeliveryFile')
    .set({ deliveryId: id })
    .where('quoteId', '=', delivery.quoteId)
    .where('deliveryId', 'is', null)
    .execute()
  return id
}

/** The delivery that waits for the client's word gets it. */
export async function answerDelivery(
  tx: Tx,
  matterId: string,
  answer: { readonly accepted: boolean; readonly reason: string | null; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('serviceDelivery')
    .set({ accepted: answer.accepted, reworkReason: answer.reason, answeredAt: answer.at })
    .where('matterId', '=', matterId)
    .where('accepted', 'is', null)
    .execute()
}

export function listDeliveryFiles(db: Db, matterId: string): Promise<DeliveryFile[]> {
  return db
    .selectFrom('serviceDeliveryFile as file')
    .innerJoin('serviceQuote as quote', 'quote.id', 'file.quoteId')
    .selectAll('file')
    .where('quote.matterId', '=', matterId)
    .orderBy('file.id')
    .execute()
}

export function insertDeliveryFile(
  tx: Tx,
  file: Insertable<Database['serviceDeliveryFile']>,
): Promise<DeliveryFile> {
  return tx.insertInto('serviceDeliveryFile').values(file).returningAll().executeTakeFirstOrThrow()
}

export interface OrderLine {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly state: string
  readonly service: string
  readonly neededBy: string | null
  readonly budgetTo: number | null
  readonly submittedOn: CalendarDate
  readonly quoteState: QuoteState | null
  readonly priceFen: number | null
  readonly currency: string | null
  readonly dueOn: CalendarDate | null
}

interface OrdersOf {
  readonly procedure: string
  readonly agencyId: string
  readonly partyId: string
  /** The special services for which the agency may quote. */
  readonly services: readonly string[]
  /** `open`: may be quoted for. `mine`: those with a quote of the agency, in whatever state. */
  readonly scope: 'open' | 'mine'
}

const ordersOf = ({ procedure, agencyId, partyId, services, scope }: OrdersOf) => sql`
  select matter.id, matter.number, matter.title, matter.state, matter.answers ->> 'service' as service,
    matter.answers ->> 'neededBy' as needed_by, (matter.answers ->> 'budgetTo')::bigint as budget_to, matter.submitted_on,
    quote.state as quote_state, quote.price_fen, quote.currency, quote.due_on
  from matter
  left join lateral (
    select * from service_quote mine where mine.matter_id = matter.id and mine.agency_id = ${agencyId}
    order by mine.id desc limit 1) quote on true
  where matter.procedure_code = ${procedure} and ${
    scope === 'mine'
      ? sql`quote.id is not null`
      : sql`matter.state in ('open', 'quoted') and matter.organisation_id is distinct from ${partyId}
          and matter.answers ->> 'service' = any(${[...services]}::text[])`
  }`

/** Orders as an agency sees them, the newest first; one page and the number of all. */
export async function listOrders(
  db: Db,
  of: OrdersOf,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<{ total: number; items: OrderLine[] }> {
  const [count, page] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from (${ordersOf(of)}) orders`.execute(db),
    sql<OrderLine>`
      select * from (${ordersOf(of)}) orders where ${after === undefined ? sql`true` : sql`id < ${after}::uuid`}
      order by id desc limit ${limit}`.execute(db),
  ])
  return { total: count.rows[0]?.total ?? 0, items: page.rows }
}

/** How a client rated the service of an order, with the entry of the ledger that holds it. */
export function findOrderRating(db: Db, matterId: string) {
  return db
    .selectFrom('matterRating as rating')
    .leftJoin('matterReceipt as receipt', (join) =>
      join.onRef('receipt.matterId', '=', 'rating.matterId').on('receipt.kind', '=', 'rating'),
    )
    .select(['rating.grade', 'rating.words', 'rating.ratedAt', 'receipt.entryId'])
    .where('rating.matterId', '=', matterId)
    .executeTakeFirst()
}

/** The service as which an order was filed. */
export function findFiledService(db: Db, agencyId: string, reference: string) {
  return db
    .selectFrom('serviceRecord')
    .select(['id', 'servedOn', 'matterType'])
    .where('agencyId', '=', agencyId)
    .where('reference', '=', reference)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
}

export interface LateDelivery {
  readonly quoteId: string
  readonly number: string
  readonly organisationId: string | null
  readonly partyId: string
  readonly agencyName: string
  readonly dueOn: CalendarDate
}

/** Orders in work whose promised day has passed. */
export async function listLateDeliveries(db: Db, today: CalendarDate): Promise<LateDelivery[]> {
  const { rows } = await sql<LateDelivery>`
    select quote.id as quote_id, matter.number, matter.organisation_id, agency.party_id, agency.name as agency_name, quote.due_on
    from service_quote quote
    join matter on matter.id = quote.matter_id
    join (${believedAgencies(today)}) agency on agency.id = quote.agency_id
    where quote.state = 'taken' and matter.state = 'working' and quote.due_on < ${today}
    order by quote.due_on, quote.id`.execute(db)
  return rows
}

/** What an agency has taken and not delivered to its client's content. */
export async function listOrdersInWork(db: Db, agencyId: string) {
  const { rows } = await sql<{ id: string; number: string; title: string; takenOn: CalendarDate }>`
    select quote.id, matter.number, matter.title, quote.settled_at::date as taken_on
    from service_quote quote join matter on matter.id = quote.matter_id
    where quote.agency_id = ${agencyId} and quote.state = 'taken' and matter.closed_at is null
    order by quote.settled_at`.execute(db)
  return rows
}

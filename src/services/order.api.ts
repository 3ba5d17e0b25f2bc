import { implementation, type Context } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { callerOf, logReading } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { judgeFile } from '../matters/attachment.rules.ts'
import { refused } from '../matters/public.ts'
import { findAgenciesOffering, findOwnAgencies, type OfferingAgency } from './agency.store.ts'
import { orders as contract } from './order.contract.ts'
import { isLate, openOrder, orderView, serviceNamed, stateNames } from './order-view.ts'
import { SPECIAL_SERVICES } from './order.rules.ts'
import { insertDeliveryFile, listDeliveryFiles, listOrders, lockOrder } from './order.store.ts'
import {
  deliver,
  giveBack,
  type Order,
  placeQuote,
  quoteInWork,
  takeQuote,
  withdrawQuote,
} from './ordering.ts'
import { specialServiceOrder } from './procedures.ts'

const os = implementation(contract)

const ACCEPTS = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
] as const
const MOST_BYTES = 50 * 1024 * 1024
const MOST_FILES = 20

const offers = os.offers.handler(async ({ context: { zone, db, today } }) => ({
  note: zone.specialServices.note,
  items: await Promise.all(
    zone.specialServices.services.map(async ({ code, summary, class: serviceClass, sample }) => ({
      code,
      names: { zh: SPECIAL_SERVICES[code].zh, en: SPECIAL_SERVICES[code].en },
      summary,
      class: serviceClass,
      agencies: (await findAgenciesOffering(db, serviceClass, today)).length,
      sample,
    })),
  ),
}))

const list = os.list.handler(async ({ input: { scope, cursor, limit }, context }) => {
  const agency = await callersAgency(context)
  const { total, items } = await listOrders(
    context.db,
    {
      procedure: specialServiceOrder.code,
      agencyId: agency.id,
      partyId: agency.partyId,
      services: agency.present ? servicesOf(context, agency) : [],
      scope,
    },
    { after: cursor, limit },
  )
  return {
    total,
    agency: { code: agency.code, name: agency.name },
    items: items.map((line) => {
      const { quoteState, priceFen, currency, dueOn } = line
      return {
        number: line.number,
        title: line.title,
        service: serviceNamed(line.service),
        state: line.state as 'open',
        stateNames: stateNames(line.state),
        neededBy: line.neededBy,
        budgetTo: line.budgetTo,
        submittedOn: line.submittedOn,
        quote:
          quoteState === null || priceFen === null || currency === null
            ? null
            : { state: quoteState, priceFen, currency, dueOn },
        late: isLate(line.state, { state: quoteState, dueOn }, context.today),
      }
    }),
    next: items.length < limit ? null : (items.at(-1)?.id ?? null),
  }
})

const get = os.get.handler(({ input: { number }, context }) => seen(context, number))

const contact = os.contact.handler(async ({ input: { number, purpose }, context }) => {
  const { order, quotes, agency } = await openedByAgency(context, number)
  if (!quotes.some(({ state, agencyId }) => state === 'taken' && agencyId === agency.id))
    throw refused('NOT_YOUR_ORDER', 403)
  const { accountId, organisationId } = order.applicant
  const subject =
    accountId === null
      ? { kind: 'organisation' as const, id: organisationId ?? '' }
      : { kind: 'account' as const, id: accountId }
  const answers = order.answers as unknown as Readonly<Record<string, unknown>>
  await context.write((tx) =>
    logReading(tx, context, { kind: 'service-order', recordId: number, subject, purpose }, [
      'contactName',
      'contactPhone',
    ]),
  )
  return {
    contact: String(answers['contactName'] ?? ''),
    telephone: String(answers['contactPhone'] ?? ''),
  }
})

const quote = os.quote.handler(({ input: { number, ...quoting }, context }) =>
  acting(context, number, (tx, act) => placeQuote(tx, context, act, quoting)),
)

const withdraw = os.withdrawQuote.handler(({ input: { number, ...given }, context }) =>
  acting(context, number, (tx, act) => withdrawQuote(tx, context, act, given)),
)

const take = os.take.handler(async ({ input: { number, id }, context }) => {
  await context.write(async (tx) => {
    await lockOrder(tx, number)
    const opened = await openOrder(context, number, tx)
    if (opened === undefined) throw refused('UNKNOWN_ORDER', 404)
    if (opened.side.kind !== 'client') throw refused('NOT_YOUR_ORDER', 403)
    await takeQuote(tx, context, opened.order, { id, by: opened.order.applicant.name })
  })
  return seen(context, number)
})

const giveBackOrder = os.giveBack.handler(({ input: { number, ...given }, context }) =>
  acting(context, number, (tx, act) => giveBack(tx, context, act, given)),
)

const upload = os.upload.handler(async ({ input: { number, file }, context }) => {
  await openedByAgency(context, number)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const fileName = file.name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}/\\]/gu, '_')
    .slice(-200)
  const judged = judgeFile(fileName, bytes, { accepts: ACCEPTS, maxBytes: MOST_BYTES })
  if (!judged.ok) throw refused('FILE_REFUSED', 422, { fileName, reason: judged.reason })
  const { hash } = await context.files.put(bytes, { maxBytes: MOST_BYTES })
  return acting(context, number, async (tx, act) => {
    const taken = await quoteInWork(tx, context, act)
    const present = (await listDeliveryFiles(tx, act.order.id)).filter(
      ({ deliveryId }) => deliveryId === null,
    )
    if (present.length >= MOST_FILES) throw refused('TOO_MANY_FILES', 409, { limit: MOST_FILES })
    const { id } = await insertDeliveryFile(tx, {
      quoteId: taken.id,
      fileName,
      fileHash: hash,
      mediaType: judged.mediaType,
      bytes: bytes.length,
      uploadedBy: act.accountId,
      uploadedAt: context.now,
    })
    await recordAudit(tx, context, {
      action: 'service-order.file-added',
      subject: { kind: 'service-delivery-file', id },
      detail: { order: number, sha256: hash },
    })
  })
})

const file = os.file.handler(async ({ input: { number, id }, context, errors }) => {
  const view = await seen(context, number)
  const visible = [...view.waitingFiles, ...view.deliveries.flatMap(({ files }) => files)]
  const found = visible.find((one) => one.id === id)
  if (found === undefined) throw errors.UNKNOWN_FILE()
  const content = await context.files.read(found.sha256)
  return new File([new Uint8Array(content)], found.fileName, { type: found.mediaType })
})

const deliverWork = os.deliver.handler(({ input: { number, ...given }, context }) =>
  acting(context, number, (tx, act) => deliver(tx, context, act, given)),
)

export const ordersApi = {
  offers,
  list,
  get,
  contact,
  quote,
  withdrawQuote: withdraw,
  take,
  giveBack: giveBackOrder,
  upload,
  file,
  deliver: deliverWork,
}

async function callersAgency(context: Context): Promise<OfferingAgency> {
  const { organisationIds } = callerOf(context)
  const own = await findOwnAgencies(context.db, organisationIds, context.today)
  const agency = own.find(({ present }) => present) ?? own[0]
  if (agency === undefined) throw refused('NO_AGENCY', 403)
  return agency
}

function servicesOf({ zone }: Context, { classes }: OfferingAgency): string[] {
  return zone.specialServices.services.filter((one) => classes.includes(one.class)).map(({ code }) => code)
}

async function openedByAgency(context: Context, number: string, tx?: Tx) {
  const opened = await openOrder(context, number, tx)
  if (opened === undefined) {
    // Whoever acts for no agency at all is told so; of an order that is not theirs to see agencies learn nothing.
    await callersAgency(context)
    throw refused('UNKNOWN_ORDER', 404)
  }
  if (opened.side.kind === 'agency') return { ...opened, agency: opened.side.agency }
  // A firm that is an agency as well stands to its own order as its client.
  const agency = await callersAgency(context)
  return { ...opened, agency }
}

/** An act of an agency on an order, one after the other with every other act on it. */
async function acting(
  context: Context,
  number: string,
  act: (tx: Tx, acting: { order: Order; agency: OfferingAgency; accountId: string }) => Promise<unknown>,
) {
  const { accountId } = callerOf(context)
  await context.write(async (tx) => {
    await lockOrder(tx, number)
    const { order, agency } = await openedByAgency(context, number, tx)
    return act(tx, { order, agency, accountId })
  })
  return seen(context, number)
}

async function seen(context: Context, number: string) {
  const view = await orderView(context, number)
  if (view === undefined) throw refused('UNKNOWN_ORDER', 404)
  return view
}

import { addDays, date } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import type { CreatedDemoAccount } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Matter } from '../matters/define.ts'
import { insertReceipt, lockMatter } from '../matters/matter.store.ts'
import { findMatter, moveMatter, startMatter } from '../matters/public.ts'
import { insertRating } from '../matters/rating.store.ts'
import { applyStep } from '../matters/step.ts'
import { findAgenciesOffering, findOwnAgencies, type OfferingAgency } from '../services/agency.store.ts'
import { offerOf } from '../services/order.effects.ts'
import type { SpecialServiceCode } from '../services/order.rules.ts'
import { listQuotes } from '../services/order.store.ts'
import { deliver, type Order, placeQuote, takeQuote } from '../services/ordering.ts'
import { specialServiceOrder } from '../services/procedures.ts'
import { daysBefore } from './days-before.ts'

type Course = 'open' | 'quoted' | 'working' | 'delivered' | 'filed' | 'withdrawn' | 'lapsed'

interface DemoOrder {
  readonly daysAgo: number
  readonly service: SpecialServiceCode
  readonly title: string
  readonly purpose: string
  readonly course: Course
  readonly budgetTo: number
}

const ORDERS: readonly DemoOrder[] = [
  {
    daysAgo: 2,
    service: 'early-warning',
    title: '出海前的侵权预警',
    purpose: '两款控制器明年进入欧洲市场，需要查明目标市场的专利风险，给出规避建议。',
    course: 'open',
    budgetTo: 9_000_000,
  },
  {
    daysAgo: 6,
    service: 'strategy',
    title: '三年专利布局规划',
    purpose: '公司准备上市，需要一份覆盖主营产品的三年专利和商标布局规划。',
    course: 'quoted',
    budgetTo: 12_000_000,
  },
  {
    daysAgo: 35,
    service: 'data-processing',
    title: '竞争对手专利专题库',
    purpose: '把八家竞争对手近十年的专利清洗标引成专题库，按技术分支可以检索。',
    course: 'delivered',
    budgetTo: 15_000_000,
  },
  {
    daysAgo: 20,
    service: 'trusteeship',
    title: '年费和期限托管',
    purpose: '一百二十件专利、四十件商标的期限、年费和档案委托管理，每月报告一次。',
    course: 'working',
    budgetTo: 6_000_000,
  },
  {
    daysAgo: 60,
    service: 'strategy',
    title: '新一代传感器的知识产权策划',
    purpose: '新一代传感器立项，需要专利和商业秘密的保护方案和申请次序。',
    course: 'filed',
    budgetTo: 8_000_000,
  },
  {
    daysAgo: 16,
    service: 'strategy',
    title: '品牌战略咨询',
    purpose: '梳理子公司各自注册的商标，提出统一品牌的方案；集团内部另有安排。',
    course: 'withdrawn',
    budgetTo: 5_000_000,
  },
  {
    daysAgo: 50,
    service: 'data-processing',
    title: '许可收益核算模型',
    purpose: '为一项开放许可测算合理的使用费区间，需要可比交易的数据支持。',
    course: 'lapsed',
    budgetTo: 1_000_000,
  },
]

interface Cast {
  readonly firm: CreatedDemoAccount
  readonly agency: CreatedDemoAccount
  readonly applicant: Matter['applicant']
  readonly own: OfferingAgency | undefined
}

/** Orders of the demo enterprise at every point of their course, quoted for by the demo agency among others. */
export async function plantOrders(
  tx: Tx,
  context: Context,
  accounts: readonly CreatedDemoAccount[],
): Promise<number> {
  const [firm, agency] = (['enterprise', 'agency'] as const).map((wanted) =>
    accounts.find(({ role }) => role === wanted),
  )
  if (firm === undefined || agency === undefined) return 0
  const [party, agencyParty] = await Promise.all([organisationOf(tx, firm), organisationOf(tx, agency)])
  if (party === undefined) return 0
  const [own] =
    agencyParty === undefined ? [] : await findOwnAgencies(tx, [agencyParty.organisationId], context.today)
  const applicant = {
    kind: 'organisation' as const,
    accountId: firm.accountId,
    organisationId: party.organisationId,
    name: party.organisationName,
  }
  for (const [index, order] of ORDERS.entries())
    await plant(tx, context, { firm, agency, applicant, own }, { order, index })
  return ORDERS.length
}

function organisationOf(tx: Tx, { accountId }: CreatedDemoAccount) {
  return tx
    .selectFrom('membership')
    .select(['organisationId', 'organisationName'])
    .where('accountId', '=', accountId)
    .executeTakeFirst()
}

async function plant(
  tx: Tx,
  context: Context,
  cast: Cast,
  { order, index }: { order: DemoOrder; index: number },
): Promise<void> {
  const { daysAgo, service, course, title, purpose, budgetTo } = order
  // A zone need not offer all four.
  if (offerOf(context, service) === undefined) return
  const then = daysBefore(tx, context, daysAgo)
  const matter = await startMatter(tx, then, specialServiceOrder, {
    answers: {
      service,
      title,
      purpose,
      budgetFrom: Math.round(budgetTo / 2),
      budgetTo,
      neededBy: addDays(context.today, 90),
      contactName: '王小明',
      contactPhone: '13800000000',
    },
    applicant: cast.applicant,
    cause: `demo-order-${index}`,
  })
  const { number } = matter
  const again = async () => (await findMatter(tx, number)) as unknown as Order
  if (course === 'open') return
  if (course === 'lapsed') {
    await moveMatter(tx, daysBefore(tx, context, daysAgo - 20), specialServiceOrder, {
      id: matter.id,
      step: 'lapse',
    })
    return
  }
  const agencies = await plantQuotes(tx, context, cast, { order, matter })
  const later = (days: number) => daysBefore(tx, context, Math.max(0, daysAgo - days))
  if (course === 'quoted') return
  if (course === 'withdrawn') {
    await step(tx, later(5), matter.id, cast, 'withdraw')
    return
  }
  const [first] = (await listQuotes(tx, matter.id, context.today)).filter(({ state }) => state === 'standing')
  const [taken] = agencies
  if (first === undefined || taken === undefined) return
  await takeQuote(tx, later(4), await again(), { id: first.id, by: cast.applicant.name })
  if (course === 'working') return
  await deliver(
    tx,
    later(20),
    { order: await again(), agency: taken, accountId: cast.agency.accountId },
    { description: '分析报告和数据表已完成，请查收；如需当面讲解请另约时间。' },
  )
  if (course === 'delivered') return
  await step(tx, later(24), matter.id, cast, 'accept')
  await rate(tx, later(25), matter.id, cast.firm.accountId)
}

/** Two quotes on following days, that of the demo agency first where it offers the service. */
async function plantQuotes(
  tx: Tx,
  context: Context,
  cast: Cast,
  { order: { service, daysAgo, budgetTo }, matter }: { order: DemoOrder; matter: Matter },
): Promise<OfferingAgency[]> {
  const agencies = await quotersOf(tx, daysBefore(tx, context, daysAgo), service, cast)
  for (const [place, one] of agencies.entries()) {
    const quoted = daysBefore(tx, context, daysAgo - 1 - place)
    await placeQuote(
      tx,
      quoted,
      {
        order: (await findMatter(tx, matter.number)) as unknown as Order,
        agency: one,
        accountId: cast.agency.accountId,
      },
      {
        priceFen: Math.round((budgetTo * (place === 0 ? 0.8 : 0.7)) / 100) * 100,
        scope:
          place === 0
            ? '资料收集、检索、分析报告一份，当面讲解一次。'
            : '检索和分析报告一份，线上讲解，附数据表。',
        days: place === 0 ? 15 : 25,
        dayUnit: 'workingDays',
        validUntil: date(addDays(context.today, 20)),
      },
    )
  }
  return agencies
}

async function quotersOf(tx: Tx, context: Context, service: string, { own, applicant }: Cast) {
  const offer = offerOf(context, service)
  if (offer === undefined) return []
  const able = await findAgenciesOffering(tx, offer.class, context.today)
  const others = able.filter(({ id, partyId }) => id !== own?.id && partyId !== applicant.organisationId)
  const mine = able.find(({ id }) => id === own?.id)
  return [...(mine === undefined ? [] : [mine]), ...others].slice(0, 2)
}

function step(tx: Tx, context: Context, matterId: string, { firm, applicant }: Cast, code: string) {
  const standing = {
    side: 'applicant' as const,
    isHandler: false,
    accountId: firm.accountId,
    name: applicant.name,
    roles: [firm.role],
    stations: [],
  }
  return applyStep(tx, context, specialServiceOrder, matterId, standing, { step: code })
}

async function rate(tx: Tx, context: Context, matterId: string, ratedBy: string): Promise<void> {
  const matter = await lockMatter(tx, matterId)
  if (matter === undefined) return
  await insertRating(tx, {
    matterId,
    stationCode: matter.stationCode,
    grade: 5,
    words: '报告扎实，讲解清楚。',
    ratedBy,
    ratedAt: context.now,
    ratedOn: context.today,
  })
  const entryId = await recordAudit(tx, context, {
    action: 'matter.rated',
    subject: { kind: 'matter', id: matterId },
    detail: { number: matter.number, grade: 5 },
  })
  await insertReceipt(tx, { kind: 'rating', matterId, subjectId: matterId, entryId, issuedAt: context.now })
}

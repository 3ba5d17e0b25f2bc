import { addDays, type CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { sealRows } from '../ledger/public.ts'
import { hasEnded, type ListingState } from '../market/listing.rules.ts'
import { insertListing, insertListingEvent } from '../market/listing.store.ts'
import { type CloudStage, gradeOf, isInForce } from '../patents/cloud.rules.ts'
import { insertMoves, putInventory, setStage } from '../patents/cloud.store.ts'
import type { PatentRecord } from '../patents/record.rules.ts'
import { titleOf } from '../patents/row.rules.ts'
import { inForceOn } from '../zone/patent.rules.ts'
import type { TwinRows } from './twin/model.ts'

interface Planting {
  readonly rows: TwinRows
  readonly patents: readonly PatentRecord[]
}

type Party = TwinRows['party'][number]

const INVENTORY = '合成盘点.csv'
const TEAMS = ['能源材料课题组', '智能感知课题组', '先进制造课题组', '网络通信课题组', '生物医药课题组']
const REASONS: Readonly<Record<CloudStage, string>> = {
  manage: `导入盘点：${INVENTORY}`,
  process: '分级为重点，进入撰写技术说明',
  show: '技术说明已审，同意公开展示',
  trade: '有企业意向，进入洽谈',
  serve: '已签约，转入实施服务',
}
const WAY: readonly CloudStage[] = ['manage', 'process', 'show', 'trade', 'serve']

/** The universities of the twin take in the patents they hold, and move them through the five stages. */
export async function plantCloud(tx: Tx, context: Context, planting: Planting): Promise<number> {
  let planted = 0
  for (const university of universitiesOf(planting.rows))
    planted += await takeIn(tx, context, university, heldBy(planting, university))
  await seal(tx, context, ['university_patent', 'university_patent_move'])
  return planted
}

/** The schools of the twin, by the class of their trade. */
export const universitiesOf = (rows: TwinRows): Party[] =>
  rows.party.filter(({ industryCode }) => industryCode === 'P8341')

function heldBy({ patents }: Planting, { name }: Party): PatentRecord[] {
  const names = [name, name.replace('大学', '学院')]
  const held = patents.filter(({ applicants }) => applicants.some((one) => names.includes(one.name)))
  return [...new Map(held.map((record) => [record.applicationKey, record])).values()]
}

async function takeIn(
  tx: Tx,
  context: Context,
  university: Party,
  held: readonly PatentRecord[],
): Promise<number> {
  const { today, zone } = context
  const rules = inForceOn(zone.grading, today)
  if (rules === undefined || university.id === undefined) return 0
  const industries = inForceOn(zone.industryPatents, today)?.industries ?? []
  const graded = held.map((record, index) => {
    const facts = {
      right: record.right === 'invention' ? ('invention' as const) : ('utility-model' as const),
      legalStatus: record.legalStatus,
      filedOn: record.filedOn,
      ipc: record.ipc,
      familySize: index % 6 === 0 ? 3 : 1,
      timesCited: record.timesCited,
      claims: 4 + (index % 9),
      used: null,
    }
    const { grade, points } = gradeOf(facts, rules, { on: today, industries })
    return {
      applicationKey: record.applicationKey ?? record.publicationNumber,
      applicationNumber: record.applicationNumber,
      publicationNumber: record.publicationNumber,
      title: titleOf(record),
      team: TEAMS[index % TEAMS.length] ?? null,
      facts,
      grade,
      points,
    }
  })
  const { inserted } = await putInventory(
    tx,
    { universityId: university.id, source: INVENTORY, gradedOn: today, rulesFrom: rules.from },
    graded,
  )
  const alive = new Set(
    graded.flatMap(({ facts }, index) =>
      isInForce(facts.legalStatus) === true ? [inserted[index] ?? ''] : [],
    ),
  )
  await moveOn(tx, context, inserted, alive)
  return inserted.length
}

/** How far a patent has come: a few to the end, more of them on the way, what has ended no further than the second stage. */
function stepsOf(index: number, alive: boolean): number {
  const wanted = [0, 2, 1, 2, 0, 3, 2, 1, 4, 2][index % 10] ?? 0
  return alive ? wanted : Math.min(1, wanted)
}

async function moveOn(
  tx: Tx,
  { today }: Context,
  ids: readonly string[],
  alive: ReadonlySet<string>,
): Promise<void> {
  const reached = ids.map((id, index) => ({ id, steps: stepsOf(index, alive.has(id)) }))
  const moves = reached.flatMap(({ id, steps }) =>
    WAY.slice(0, steps + 1).map((to, step) => {
      const movedOn = addDays(today, (step - WAY.length) * 21)
      return {
        patentId: id,
        fromStage: WAY[step - 1] ?? null,
        toStage: to,
        reason: REASONS[to],
        movedBy: 'scenario',
        movedByName: '演示·高校',
        movedFor: 'university',
        movedOn,
        movedAt: `${movedOn}T02:00:00Z`,
      }
    }),
  )
  await insertMoves(tx, moves)
  for (const [step, stage] of WAY.entries()) {
    const there = reached.filter(({ steps }) => steps === step).map(({ id }) => id)
    if (step > 0 && there.length > 0) await setStage(tx, there, stage)
  }
}

const LISTINGS = 36
const FIELDS = ['新能源汽车零部件', '工业自动化', '通信基站', '储能电站', '医疗器械', '污水处理']
const KINDS = ['transfer', 'licence', 'open-licence'] as const

/** What firms of the twin offer: most of it stands, some is due for confirming, some has faded or lapsed. */
export async function plantListings(tx: Tx, context: Context, { rows, patents }: Planting): Promise<number> {
  const terms = inForceOn(context.zone.listingTerms, context.today)
  const industries = inForceOn(context.zone.industryPatents, context.today)?.industries ?? []
  if (terms === undefined || industries.length === 0) return 0
  const parties = new Map(rows.party.map((party) => [party.name, party]))
  const granted = patents.filter(
    ({ kind, applicants }) => kind !== 'A' && parties.has(applicants[0]?.name ?? ''),
  )
  const standing = granted.filter(({ legalStatus }) => legalStatus === 'in-force').slice(0, LISTINGS)
  const ended = granted.filter(({ legalStatus }) => hasEnded(legalStatus)).slice(0, 4)
  const demo = rows.partyStanding[0]?.partyId
  let planted = 0
  for (const [index, record] of [...standing, ...ended].entries()) {
    // The demo enterprise has one of each kind to look after.
    const partyId =
      index % 7 === 0 && demo !== undefined ? demo : parties.get(record.applicants[0]?.name ?? '')?.id
    if (partyId === undefined) continue
    const own = parties.get(record.applicants[0]?.name ?? '')?.id === partyId
    const state = stateOf(index, hasEnded(record.legalStatus))
    const { confirmedOn, confirmBy } = confirmation(context.today, terms.confirmDays, { state, index })
    const id = await insertListing(tx, {
      publicationNumber: record.publicationNumber,
      applicationNumber: record.applicationNumber,
      title: titleOf(record),
      partyId,
      holders: record.applicants.map(({ name }) => name),
      holderMatches: own,
      kind: KINDS[index % KINDS.length] ?? 'transfer',
      field: FIELDS[index % FIELDS.length] ?? '工业自动化',
      industry: industries[index % industries.length]?.industry ?? '',
      summary: '合成示例：技术成熟，可提供样机和工艺文件。',
      priceFen: index % 4 === 0 ? null : 2_000_000 * (1 + (index % 12)),
      state,
      listedOn: confirmedOn,
      confirmedOn,
      confirmBy,
      termsFrom: terms.from,
      legalStatus: record.legalStatus,
      statusCheckedAt: context.now,
    })
    const recordedAt = context.now
    const event = { listingId: id, legalStatus: record.legalStatus, recordedBy: 'scenario', recordedAt }
    await insertListingEvent(tx, { ...event, kind: 'listed', happenedOn: confirmedOn })
    if (state !== 'active')
      await insertListingEvent(tx, {
        ...event,
        kind: state,
        happenedOn: state === 'faded' ? confirmBy : addDays(context.today, -3),
        ...(state === 'withdrawn' && { reason: '已线下成交' }),
      })
    planted += 1
  }
  await seal(tx, context, ['market_listing', 'market_listing_event'])
  return planted
}

function stateOf(index: number, ended: boolean): ListingState {
  if (ended) return 'lapsed'
  if (index % 12 === 7) return 'faded'
  return index % 17 === 11 ? 'withdrawn' : 'active'
}

/** Some are to be confirmed within days, those that faded should have been a week ago. */
function confirmation(
  today: CalendarDate,
  confirmDays: number,
  { state, index }: { readonly state: ListingState; readonly index: number },
) {
  const left = state === 'faded' ? -7 : index % 7 === 0 ? 5 + index : 20 + ((index * 13) % (confirmDays - 25))
  return { confirmedOn: addDays(today, left - confirmDays), confirmBy: addDays(today, left) }
}

async function seal(tx: Tx, context: Context, tables: readonly string[]): Promise<void> {
  for (const table of tables)
    await sealRows(tx, context, {
      action: 'scenario.loaded',
      subject: { kind: 'scenario', id: table },
      table,
    })
}
